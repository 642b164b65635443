// Counts the clocks down. Without it they show how they stood when the page was made.
const words = seconds => {
  if (seconds <= 0) return "now";
  if (seconds < 60) return `in ${seconds} s`;
  if (seconds < 3600) return `in ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 48 * 3600) return `in ${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
  return `in ${Math.floor(seconds / 86400)} days`;
};
const shown = performance.now();
const clocks = document.querySelectorAll("time[data-seconds]");
setInterval(() => {
  const passed = Math.floor((performance.now() - shown) / 1000);
  for (const clock of clocks) {
    const left = Math.max(0, clock.dataset.seconds - passed);
    clock.textContent = words(left);
    clock.nextElementSibling.value = left;
  }
}, 1000);
