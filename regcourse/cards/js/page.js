// Elements, and an author's words in them.

export function make(tag, attributes = {}, parent = null, words = null) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== null) element.textContent = words;
  if (parent) parent.append(element);
  return element;
}

// What stands in backticks is code.
export function text(parent, words) {
  words.split(/`([^`]+)`/).forEach((part, k) => {
    if (k % 2) make("code", {}, parent, part);
    else parent.append(part);
  });
  return parent;
}
