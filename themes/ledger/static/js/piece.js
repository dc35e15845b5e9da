// Puts the checklist of a piece on the clipboard. Without this script the text can be selected as it stands.
for (const button of document.querySelectorAll('.checklist button')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const said = button.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = said), 2000);
  });
}
