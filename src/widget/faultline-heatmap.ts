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
    const symbol = this.getAttribute("symbol") ?? "BTC";
    // the API reads it, or says why not; without a letter or digit it could be a way up in the address
    const asked = encodeURIComponent(/[a-z0-9]/i.test(symbol) ? symbol : "-");
    const query = new URLSearchParams();
    for (const name of PASSED) {
      const value = this.getAttribute(name);
      if (value && (LOOKS[name]?.test(value) ?? true)) query.set(name, value);
    }
    const style = document.createElement("style");
    style.textContent =
      ":host{display:block;aspect-ratio:16/9}iframe,img{border:0;width:100%;height:100%;object-fit:contain;display:block}";
    const title = `${symbol}: estimated liquidation levels`;
    const shown = document.createElement(this.#isLive ? "iframe" : "img");
    shown.src = this.#isLive
      ? `${HOME}/embed/${asked}?${query}`
      : `${HOME}/v1/heatmap/${asked}.png?${query}&width=960&height=540`;
    if (shown instanceof HTMLIFrameElement) {
      shown.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      shown.referrerPolicy = "strict-origin-when-cross-origin";
      shown.title = title;
    } else {
      shown.alt = title;
      // a picture that is refused says nothing: the frame says why
      shown.onerror = () => this.#goLive();
    }
    this.#root.replaceChildren(style, shown);
  }
}

if (!customElements.get("faultline-heatmap")) customElements.define("faultline-heatmap", FaultlineHeatmap);
