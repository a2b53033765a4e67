namespace TrafficAI.Cli.Report;

/// <summary>Sorts a table by a click on a heading; the page is complete without it.</summary>
public static class PageScript
{
    public static readonly Markup Sort = new("""
        for (const table of document.querySelectorAll('table.many')) {
          if (table.tBodies[0].rows.length < 2) continue;
          table.classList.add('sortable');
          for (const button of table.querySelectorAll('th button')) button.onclick = () => {
            const head = button.closest('th'), column = +head.dataset.column;
            const down = head.getAttribute('aria-sort') !== 'descending';
            for (const other of table.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
            const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent;
            const compare = (a, b) => a - b || String(a).localeCompare(String(b), 'en', { numeric: true });
            const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * compare(key(a), key(b)));
            table.tBodies[0].append(...rows);
          };
        }
        """);
}
