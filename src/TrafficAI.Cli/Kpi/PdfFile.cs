using System.ComponentModel;
using System.Diagnostics;
using TrafficAI.Cli.Report;

namespace TrafficAI.Cli.Kpi;

/// <summary>Prints a page to a PDF file by a browser without a window, where one is installed.</summary>
internal static class PdfFile
{
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <exception cref="InputException">No browser is found, or it prints nothing.</exception>
    public static async Task WriteAsync(string path, Markup page, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-pdf");
        try
        {
            var html = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(html, page.Text, stop);
            await PrintAsync(path, html, folder.FullName, stop);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static async Task PrintAsync(string path, string html, string folder, CancellationToken stop)
    {
        var printed = Path.Combine(folder, "report.pdf");
        using var browser = Start(printed, html, folder) ?? throw new InputException($"--pdf {path}: no {string.Join(", ", Browsers)} is found. Install one, or write --html FILE and print it from a browser.");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            await Task.WhenAll(browser.StandardOutput.ReadToEndAsync(late.Token), browser.StandardError.ReadToEndAsync(late.Token), browser.WaitForExitAsync(late.Token));
        }
        catch (OperationCanceledException)
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(CancellationToken.None);
            stop.ThrowIfCancellationRequested();
            throw new InputException($"--pdf {path}: {browser.StartInfo.FileName} was not done after {Patience.TotalMinutes} min. Write --html FILE and print it from a browser.");
        }

        if (browser.ExitCode != 0 || !File.Exists(printed)) throw new InputException($"--pdf {path}: {browser.StartInfo.FileName} printed nothing. Write --html FILE and print it from a browser.");
        File.Move(printed, path, overwrite: true);
    }

    /// <summary>A helper of the browser may still be writing its profile: what it leaves is in the folder for temporary files.</summary>
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The report is printed, or its failure is told: neither is to be hidden by this.
        }
    }

    /// <summary>The first browser that starts; null for none.</summary>
    private static Process? Start(string printed, string html, string folder)
    {
        foreach (var name in Browsers)
        {
            var start = new ProcessStartInfo(name) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["--headless", "--disable-gpu", "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={printed}"]) start.ArgumentList.Add(argument);
            // Chromium refuses its sandbox to the superuser; the page is our own, without scripts.
            if (Environment.IsPrivilegedProcess) start.ArgumentList.Add("--no-sandbox");
            start.ArgumentList.Add(new Uri(html).AbsoluteUri);
            try
            {
                return Process.Start(start);
            }
            catch (Win32Exception)
            {
                // It is not installed: the next one.
            }
        }

        return null;
    }
}
