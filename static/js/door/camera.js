// Looks for squares with the camera: with the browser's own detector where it has one, else with ZXing as WebAssembly.

const EVERY = 120; // ms between two looks: fast enough for a queue, easy on the battery
const SAME_AGAIN = 2500; // a square that stays in view counts once

export class Camera {
  #stream = null;
  #last = { text: "", at: 0 };

  constructor(video, { reader, onText }) {
    this.video = video;
    this.reader = reader; // { script, wasm }: addresses of the fallback
    this.onText = onText;
  }

  get isOn() {
    return this.#stream !== null;
  }

  static get isPossible() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  async start() {
    const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    this.video.srcObject = stream;
    await this.video.play();
    this.#stream = stream;
    stream.getVideoTracks()[0].addEventListener("ended", () => this.stop());
    const detect = await this.#detector();
    this.#look(detect, stream);
  }

  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.video.srcObject = null;
  }

  async #look(detect, stream) {
    while (this.#stream === stream) {
      if (this.video.readyState >= 2 && !document.hidden) {
        const text = await detect(this.video).catch(() => "");
        if (text) this.#seen(text);
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  #seen(text) {
    const now = performance.now();
    const isSame = text === this.#last.text && now - this.#last.at < SAME_AGAIN;
    this.#last = { text, at: now };
    if (!isSame) this.onText(text);
  }

  async #detector() {
    const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
    }
    return this.#zxing();
  }

  async #zxing() {
    const { script, wasm } = this.reader;
    if (!globalThis.ZXingWASM) await load(script);
    const zxing = globalThis.ZXingWASM;
    await zxing.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return async (video) => {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      pen.drawImage(video, 0, 0);
      const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
      const options = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryDownscale: true, tryInvert: false };
      return (await zxing.readBarcodes(picture, options))[0]?.text ?? "";
    };
  }
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error("reader"));
    document.head.append(script);
  });
}
