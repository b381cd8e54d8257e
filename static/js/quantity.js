// Minus and plus around a number field. Without this module the field is an ordinary number field.
customElements.define("qty-stepper", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-step]");
      if (button) this.move(Number(button.dataset.step));
    });
    this.input.addEventListener("change", () => this.paint());
    this.paint();
  }

  move(step) {
    step > 0 ? this.input.stepUp() : this.input.stepDown();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  paint() {
    const value = Number(this.input.value);
    this.querySelectorAll("button[data-step]").forEach((button) => {
      const edge = button.dataset.step > 0 ? this.input.max : this.input.min;
      button.disabled = edge !== "" && (button.dataset.step > 0 ? value >= Number(edge) : value <= Number(edge));
    });
  }
});
