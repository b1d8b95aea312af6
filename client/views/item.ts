// One line of a view, as plain data.

export interface Item {
  /** The same for as long as it is the same thing: VS Code keeps by it what is open and chosen. */
  id: string;
  label: string;
  description?: string;
  /** Lines of plain text. */
  tooltip?: readonly string[];
  /** A codicon, and the colour of the theme that it has. */
  icon?: string;
  colour?: string;
  /** What a screen reader says in the place of label and description. */
  spoken: string;
  /** For `when` clauses of menus. */
  context: string;
  /** What is below it, and whether that is shown at first. */
  below?: 'open' | 'closed';
  /** What a click does; it is given the element. */
  command?: { id: string; title: string };
  /** Its label in the colour of errors. */
  alarming?: true;
}
