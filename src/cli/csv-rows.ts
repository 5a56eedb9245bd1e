import { AppError } from "../engine/base/errors.ts";

/** A line of a table with the number of the line in the file where it starts, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Comma-separated values after RFC 4180: fields in double quotes may hold commas, line ends and doubled quotes; lines end in LF, CR LF
 * or CR. A byte order mark at the start and lines without anything are passed over. Throws `training/bad-data` for a quote that is
 * never closed or stands inside of an unquoted field, naming the line.
 */
export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "closed" = "start";
  let line = 1;
  let startLine = 1;
  const endField = (): void => {
    fields.push(field);
    field = "";
    state = "start";
  };
  const endRow = (): void => {
    const isEmpty = fields.length === 0 && state === "start" && field === "";
    endField();
    if (!isEmpty) rows.push({ line: startLine, fields });
    fields = [];
  };
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; at++) {
    const character = text[at]!;
    const isLineEnd = character === "\n" || character === "\r";
    if (character === "\r" && text[at + 1] === "\n") at++;
    if (state === "quoted") {
      if (isLineEnd) line++;
      if (character !== '"') field += isLineEnd ? "\n" : character;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else state = "closed";
    } else if (isLineEnd) {
      endRow();
      line++;
      startLine = line;
    } else if (character === ",") endField();
    else if (character === '"') {
      if (state !== "start") throw strayQuote(line);
      state = "quoted";
    } else {
      if (state === "closed") throw strayQuote(line);
      field += character;
      state = "plain";
    }
  }
  if (state === "quoted") {
    throw new AppError(
      "training/bad-data",
      `Expected every quote in the table to be closed, found one from line ${startLine} on that is not.`,
    );
  }
  endRow();
  return rows;
}

function strayQuote(line: number): AppError {
  return new AppError(
    "training/bad-data",
    `Expected fields with quotes to stand in quotes as a whole ("a ""b"" c"), found a stray quote in line ${line} of the table.`,
  );
}
