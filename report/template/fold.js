"use strict";
// Texts are compared in small letters, without accents, direction marks and the curl of quotation marks.
const fold = text => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
  .replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"')).toLowerCase();
const wordsOf = text => fold(text).split(/\s+/).filter(Boolean);
const loadScript = (name, failed) => {
  document.head.append(Object.assign(document.createElement("script"), {src: name, onerror: failed}));
};
