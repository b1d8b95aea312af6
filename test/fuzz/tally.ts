// What became of the cases of one target.
export class Tally {
  count = 0;
  failed = 0;
  /** Milliseconds of the processor. */
  spent = 0;
  private slowest = { took: 0, seed: 0 };

  static readonly heading = `${'target'.padEnd(16)}${'cases'.padStart(9)}${'failed'.padStart(8)}${'seconds'.padStart(9)}  slowest`;

  constructor(private readonly name: string) {}

  add(took: number, seed: number): void {
    this.count++;
    this.spent += took;
    if (took > this.slowest.took) this.slowest = { took, seed };
  }

  line(): string {
    const { took, seed } = this.slowest;
    const numbers = [
      String(this.count).padStart(9),
      String(this.failed).padStart(8),
      (this.spent / 1000).toFixed(0).padStart(9),
    ];
    return `${this.name.padEnd(16)}${numbers.join('')}  ${took.toFixed(0)} ms (${this.name}:${seed})`;
  }
}
