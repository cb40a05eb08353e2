// <faultline-heatmap symbol="BTC" range="24h" …>: a picture at once, the live chart in a sandboxed frame once it is near
// the screen (loading="lazy", the default), at once ("eager") or on a click ("click"). One file, no imports.
const SCRIPT = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : import.meta.url;
const HOME = new URL(SCRIPT).origin;
const PASSED = ["range", "exchange", "leverage", "age", "side", "mode", "delta", "theme", "colors"];
/** The picture's address refuses other looks, and a refused picture is a broken one: what is none of these is left out. */
const LOOKS: Record<string, RegExp> = { theme: /^(dark|light)$/, colors: /^(inferno|viridis|cividis|classic)$/ };

class FaultlineHeatmap extends HTMLElement {
  static readonly observedAttributes = ["symbol", ...PASSED];
  readonly #root = this.attachShadow({ mode: "open" });
  #watch: IntersectionObserver | undefined;
  #isLive = false;

  connectedCallback(): void {
    const loading = this.getAttribute("loading") ?? "lazy";
    this.#draw();
    if (loading === "eager") this.#goLive();
    else if (loading === "click") this.addEventListener("click", () => this.#goLive(), { once: true });
    else {
      this.#watch = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) this.#goLive();
        },
        { rootMargin: "200px" },
      );
      this.#watch.observe(this);
    }
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw();
  }

  #goLive(): void {
    this.#watch?.disconnect();
    if (this.#isLive) return;
    this.#isLive = true;
    this.#draw();
  }

  #draw(): void {
    // a coin, a pair, or an exchange before a colon
    const [, coin = "BTC"] = /^(?:\w+:)?(\w{1,20})$/.exec(this.getAttribute("symbol") ?? "") ?? [];
    const query = new URLSearchParams();
    for (const name of PASSED) {
      const value = this.getAttribute(name);
      if (value && (LOOKS[name]?.test(value) ?? true)) query.set(name, value);
    }
    const style = document.createElement("style");
    style.textContent =
      ":host{display:block;aspect-ratio:16/9}iframe,img{border:0;width:100%;height:100%;object-fit:contain;display:block}";
    const title = `${coin}: estimated liquidation levels`;
    const shown = document.createElement(this.#isLive ? "iframe" : "img");
    shown.src = this.#isLive
      ? `${HOME}/embed/${coin}?${query}`
      : `${HOME}/v1/heatmap/${coin}.png?${query}&width=960&height=540`;
    if (shown instanceof HTMLIFrameElement) {
      shown.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      shown.referrerPolicy = "strict-origin-when-cross-origin";
      shown.title = title;
    } else shown.alt = title;
    this.#root.replaceChildren(style, shown);
  }
}

if (!customElements.get("faultline-heatmap")) customElements.define("faultline-heatmap", FaultlineHeatmap);
