// Counts the words of its standard input, and writes the counts into a file of the folder `/out`.
//
//   zig c++ -target wasm32-wasi -fno-exceptions words.cpp -o words.wasm
//   echo "to be or not to be" | watshop run words.wasm --dir .::/out
#include <cstdio>
#include <iostream>
#include <map>
#include <string>

int main() {
  std::map<std::string, int> counts;
  for (std::string word; std::cin >> word;) counts[word]++;
  std::FILE *file = std::fopen("/out/words.txt", "w");
  if (!file) {
    std::perror("/out/words.txt");
    return 1;
  }
  for (const auto &[word, count] : counts) std::fprintf(file, "%s %d\n", word.c_str(), count);
  std::fclose(file);
  std::cout << counts.size() << " words\n";
}
