(function () {
  'use strict';
  var root = document.documentElement;
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }

  var theme = document.getElementById('theme');
  var prefersDark = matchMedia('(prefers-color-scheme: dark)');
  function isDark() { return root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches; }
  function nameTheme() { theme.textContent = isDark() ? 'Light' : 'Dark'; theme.setAttribute('aria-label', 'Switch to ' + (isDark() ? 'light' : 'dark') + ' colours'); }
  theme.addEventListener('click', function () { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); });
  prefersDark.addEventListener('change', nameTheme);
  theme.hidden = false;
  nameTheme();

  all('.copy').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var code = button.parentNode.querySelector('code');
      var range = document.createRange();
      range.selectNodeContents(code);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      var copied = document.execCommand('copy');
      button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
      setTimeout(function () { button.textContent = 'Copy'; }, 2000);
    });
  });

  function keyOf(row, column, isNumber) {
    var cell = row.cells[column];
    return isNumber ? Number(cell.dataset.value) : cell.textContent.trim().toLowerCase();
  }

  function sort(table, head) {
    var ascending = head.getAttribute('aria-sort') !== 'ascending';
    var isNumber = head.dataset.sort === 'number';
    var body = table.tBodies[0];
    var column = head.cellIndex;
    var keyed = all('tr', body).map(function (row, index) { return { row: row, key: keyOf(row, column, isNumber), index: index }; });
    keyed.sort(function (a, b) { return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (ascending ? 1 : -1) || a.index - b.index; });
    all('th[aria-sort]', table.tHead).forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
    keyed.forEach(function (entry) { body.appendChild(entry.row); });
  }

  function addFilter(table, title) {
    var rows = all('tr', table.tBodies[0]);
    if (rows.length < 8) return;
    var label = document.createElement('label');
    var input = document.createElement('input');
    var told = document.createElement('span');
    label.className = 'filter';
    label.textContent = 'Filter ';
    input.type = 'search';
    input.setAttribute('aria-label', 'Filter the rows of: ' + title);
    told.setAttribute('role', 'status');
    label.appendChild(input);
    label.appendChild(told);
    input.addEventListener('input', function () {
      var wanted = input.value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (row) { row.hidden = wanted !== '' && row.textContent.toLowerCase().indexOf(wanted) < 0; if (!row.hidden) shown++; });
      told.textContent = wanted === '' ? '' : ' ' + shown + ' of ' + rows.length + ' rows';
    });
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }

  function prepare(table) {
    if (table.dataset.ready) return;
    table.dataset.ready = 'yes';
    all('th', table.tHead).forEach(function (head) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () { sort(table, head); });
    });
    addFilter(table, table.caption ? table.caption.textContent : '');
  }

  all('table.sortable').forEach(function (table) {
    var fold = table.closest('details:not([open])');
    if (fold) fold.addEventListener('toggle', function () { prepare(table); });
    else prepare(table);
  });

  function openTo(target) {
    for (var fold = target && target.closest('details'); fold; fold = fold.parentNode.closest('details')) fold.open = true;
  }
  addEventListener('hashchange', function () { openTo(document.getElementById(location.hash.slice(1))); });

  var folds = document.getElementById('folds');
  folds.hidden = false;
  folds.addEventListener('click', function () {
    var opens = all('details:not([open])').length > 0;
    all('details').forEach(function (fold) { fold.open = opens; });
    root.classList.toggle('whole', opens);
    folds.textContent = opens ? 'Close all' : 'Open all';
  });
}());
