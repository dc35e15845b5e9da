// What an embed shows is asked for at its host only when the reader presses the button.
const show = (embed) => {
  const frame = document.createElement("iframe");
  frame.src = embed.dataset.frame;
  frame.title = embed.dataset.title;
  frame.allow = "fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  const place = embed.querySelector(".embed-place");
  place.replaceChildren(frame);
  place.classList.add("embed-open");
  frame.focus();
};

for (const act of document.querySelectorAll(".embed-act")) {
  act.hidden = false;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest(".embed-show");
  if (button) show(button.closest(".embed"));
});
