import type { Locator, Page } from "playwright";

export interface Pointer {
  /** Goes to the middle of it, as a hand would, and presses. */
  press(target: Locator): Promise<void>;
  /** Presses a key and shows which, as nobody sees a keyboard. */
  key(key: string, shown: string): Promise<void>;
}

const STEPS = 14;

/** A pointer that a film can show: a browser without a screen draws none. */
export async function showPointer(page: Page): Promise<Pointer> {
  await page.evaluate(() => {
    const dot = document.createElement("div");
    dot.id = "film-pointer";
    Object.assign(dot.style, {
      position: "fixed",
      left: "0",
      top: "0",
      width: "18px",
      height: "18px",
      margin: "-9px",
      borderRadius: "9px",
      background: "rgb(255 255 255 / 0.85)",
      border: "2px solid #111",
      pointerEvents: "none",
      zIndex: "9999",
    });
    const cap = document.createElement("div");
    cap.id = "film-key";
    Object.assign(cap.style, {
      position: "fixed",
      left: "50%",
      bottom: "56px",
      transform: "translateX(-50%)",
      padding: "6px 16px",
      borderRadius: "8px",
      font: "600 20px system-ui, sans-serif",
      color: "#fff",
      background: "rgb(0 0 0 / 0.75)",
      pointerEvents: "none",
      zIndex: "9999",
      visibility: "hidden",
    });
    document.body.append(dot, cap);
    window.addEventListener(
      "pointermove",
      (event) => {
        dot.style.transform = `translate(${event.clientX}px, ${event.clientY}px)`;
      },
      true,
    );
  });
  let at = { x: 560, y: 640 };
  await page.mouse.move(at.x, at.y);
  return {
    async press(target) {
      const box = await target.boundingBox();
      if (!box) throw new Error("There is nothing to press.");
      const to = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      for (let i = 1; i <= STEPS; i++) {
        const part = (1 - Math.cos((Math.PI * i) / STEPS)) / 2;
        await page.mouse.move(at.x + (to.x - at.x) * part, at.y + (to.y - at.y) * part);
        await page.waitForTimeout(40);
      }
      at = to;
      await page.waitForTimeout(250);
      await target.click();
    },
    async key(key, shown) {
      await page.evaluate((text) => {
        const cap = document.querySelector<HTMLElement>("#film-key");
        if (!cap) return;
        cap.textContent = text;
        cap.style.visibility = "visible";
        setTimeout(() => {
          cap.style.visibility = "hidden";
        }, 700);
      }, shown);
      await page.keyboard.press(key);
    },
  };
}
