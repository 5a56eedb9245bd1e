import type { Plugin } from "vite";

/** Names the other origins, separated by commas, whose slides a build may open. */
export const ORIGINS_VARIABLE = "PALISADE_SLIDE_ORIGINS";

/**
 * Gives the page's Content-Security-Policy what a build is configured for: `connect-src` gains exactly the origins whose slides may
 * be opened, and the page learns them (`__SLIDE_ORIGINS__`) to label itself. The development server puts styles inline, so
 * there, and nowhere else, it may.
 */
export function pagePolicy(slideOrigins: readonly string[]): Plugin {
  let isServing = false;
  return {
    name: "palisade:page-policy",
    config: () => ({ define: { __SLIDE_ORIGINS__: JSON.stringify(slideOrigins) } }),
    configResolved({ command }) {
      isServing = command === "serve";
    },
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        // The pages of the test runner have none.
        if (!html.includes("Content-Security-Policy")) return html;
        let policy = replaceOnce(html, "connect-src 'self'", ["connect-src 'self'", ...slideOrigins].join(" "));
        if (isServing) policy = replaceOnce(policy, "style-src 'self'", "style-src 'self' 'unsafe-inline'");
        return policy;
      },
    },
  };
}

/** Origins such as `https://slides.example.org`; throws for anything that is more or less than one. */
export function parseSlideOrigins(value: string | undefined): readonly string[] {
  const parts = (value ?? "").split(",").map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))].map((part) => {
    const url = URL.canParse(part) ? new URL(part) : null;
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.origin === part;
    if (isOrigin) return part;
    throw new Error(
      `${ORIGINS_VARIABLE} should list origins such as https://slides.example.org, separated by commas, but holds "${part}".`,
    );
  });
}

function replaceOnce(html: string, from: string, to: string): string {
  if (html.split(from).length !== 2) throw new Error(`index.html should hold ${from} exactly once.`);
  return html.replace(from, () => to);
}
