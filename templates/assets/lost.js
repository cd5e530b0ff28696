// Where the 404 page's link leads on a site that doesn't know its own address: to where this script was found.
document.querySelector("a[data-home]").href = new URL("..", document.currentScript.src).href;
