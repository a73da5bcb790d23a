//! Finds the words that differ least from another.

/// The most words that are suggested. More would be guessing.
const MOST: usize = 3;

/// The known words nearest to one, if any is near: one wrong letter in a short word, two in a
/// longer one.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    // A word as long as a line was not meant to be a name.
    if word.len() < 2 || word.len() > 40 {
        return Vec::new();
    }
    let mut least = if word.len() < 5 { 1 } else { 2 };
    let mut found = Vec::new();
    for candidate in known {
        let letters: Vec<char> = candidate.chars().collect();
        if letters.len().abs_diff(word.len()) > least {
            continue;
        }
        let distance = distance(&word, &letters);
        if distance < least {
            found.clear();
            least = distance;
        }
        if distance == least && !found.contains(&candidate) {
            found.push(candidate);
        }
    }
    found.truncate(MOST);
    found
}

/// The number of letters to insert, remove, change, or swap with the next one (optimal string
/// alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}
