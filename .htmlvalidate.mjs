// How tests/test_html.py checks the pages; each departure from the recommended rules has its reason.
import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:recommended"],
  // The HTML standard no longer counts <details> as sectioning, so it may stand in a <th>.
  elements: ["html5", { details: { inherit: "details", sectioning: false } }],
  rules: {
    "no-inline-style": "error", // the content policy refuses them
    "no-redundant-role": "error",
    "prefer-native-element": "error",
    // ARIA lets every element with a role be named, lists among them.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    "long-title": "off", // a title names the citizen and the case, however long the name
    "no-trailing-whitespace": "off", // white space is the templates' and costs nothing once packed
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }], // ticks of one list
    "require-sri": "off", // all files come from our own host
    "void-style": "off", // Django writes <br> and <input>, our templates <rect />: both are right
  },
});
