/** Everything that nobody sees at first, fetched as one file once the page is shown (`later-panels`). */
export { ChangesPanel } from "./changes-panel.tsx";
export { Dock } from "./dock.tsx";
export { KeySheet } from "./key-sheet.tsx";
export { MeasureBar } from "./measure-bar.tsx";
export { PrintedPage } from "./printed-page.tsx";
export { ProofPanel } from "./proof-panel.tsx";
export { QueueTable } from "./queue-table.tsx";
export { RegionHint } from "./region-hint.tsx";
export { TourCard } from "./tour-card.tsx";
