/** A command: takes its own arguments, prints its result, throws when the work was not done. */
export interface Command {
  readonly usage: string;
  run(args: string[]): Promise<void>;
}
