// Pointing at the part of a picture that must stay in view: a click writes the two numbers, the numbers move the mark.
document.addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector("[data-focal]");
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  if (!frame || !across || !down) return;
  const picture = frame.querySelector("img");
  const mark = frame.querySelector("i");

  const paint = () => {
    mark.hidden = picture.hidden;
    mark.style.left = `${across.value * 100}%`;
    mark.style.top = `${down.value * 100}%`;
  };
  frame.addEventListener("click", (event) => {
    if (picture.hidden) return;
    const box = picture.getBoundingClientRect();
    across.value = ((event.clientX - box.left) / box.width).toFixed(3);
    down.value = ((event.clientY - box.top) / box.height).toFixed(3);
    paint();
  });
  [across, down].forEach((field) => field.addEventListener("input", paint));
  document.getElementById("id_file")?.addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => { picture.src = reader.result; picture.hidden = false; paint(); };
    reader.readAsDataURL(file);
  });
  paint();
});
