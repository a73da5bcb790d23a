// Circles in a graph of imports.

/**
 * Returns the circles of a graph: groups of two and more nodes that each reach every other one.
 * @param {Map<string, Set<string>>} graph The imports of each node.
 * @returns {string[][]} The nodes of each circle, sorted.
 */
export function circles(graph) {
  const reached = new Map([...graph.keys()].map((node) => [node, reach(graph, node)]));
  const found = new Map();
  for (const [node, others] of reached) {
    const circle = [...others].filter((other) => other !== node && reached.get(other)?.has(node));
    if (circle.length > 0) {
      const sorted = [node, ...circle].sort();
      found.set(sorted.join(), sorted);
    }
  }
  return [...found.values()];
}

function reach(graph, from) {
  const seen = new Set();
  const open = [...(graph.get(from) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...(graph.get(node) ?? []));
  }
  return seen;
}
