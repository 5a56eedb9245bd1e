import type { Catalogue } from "./words.ts";

/** German. In the order of the page; each part under its line. */
export const DE: Catalogue = {
  // Page
  "Open slide": "Schnitt öffnen",

  // Stage: begin
  // Stage: end

  // Map: begin
  // Map: end

  // Numbers and findings: begin
  // Numbers and findings: end

  // Planner and region of interest: begin
  // Planner and region of interest: end

  // Several slides: begin
  // Several slides: end

  // Trust: begin
  // Trust: end

  // Handing on: begin
  // Handing on: end

  // Help: begin
  // Help: end

  // For everyone: begin
  "Requests: {0} {1}": "Anfragen: {0} {1}",
  "High contrast": "Hoher Kontrast",
  // For everyone: end
};
