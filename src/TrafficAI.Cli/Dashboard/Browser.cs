using System.ComponentModel;
using System.Diagnostics;

namespace TrafficAI.Cli.Dashboard;

/// <summary>The browser of who sits at the machine.</summary>
internal static class Browser
{
    /// <summary>Opens a page; does nothing where there is no display or no browser.</summary>
    public static void Open(Uri page)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null) return;
        try
        {
            var start = OperatingSystem.IsLinux()
                ? new ProcessStartInfo("xdg-open", page.AbsoluteUri) { RedirectStandardOutput = true, RedirectStandardError = true }
                : new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true };
            Process.Start(start)?.Dispose();
        }
        catch (Win32Exception)
        {
            // The address has been printed.
        }
    }
}
