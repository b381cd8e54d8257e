// A page that waits asks quietly whether what it waits for is there, and shows it then. Without this module the page
// loads itself anew, which takes people who read it aloud back to its first word.
const seconds = Number(document.querySelector("[data-look-again]").dataset.lookAgain);

const isThere = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "application/pdf, text/html" }, cache: "no-store" });
  if (answer.status === 202 || answer.status >= 429) return false;
  const isPage = answer.headers.get("Content-Type").startsWith("text/html");
  return !isPage || !(await answer.text()).includes("data-look-again");
};

const look = async () => {
  // Without network for a moment there is nothing to see yet.
  if (await isThere().catch(() => false)) location.reload();
  else setTimeout(look, seconds * 1000);
};
setTimeout(look, seconds * 1000);
