namespace TrafficAI.Cli.Report;

/// <summary>What every report page is set in: one self-contained file, with nothing to fetch.</summary>
public static class ReportPage
{
    /// <param name="title">What the browser calls it.</param>
    /// <param name="content">Header and sections.</param>
    /// <param name="script">After them; empty for a page without.</param>
    /// <param name="language">Code of the language that it is in.</param>
    public static Markup Of(string title, Markup content, Markup script, string language = "en") => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>
        {PageStyle.Css}
        </style>
        </head>
        <body>
        <main>
        {content}
        </main>
        {script}</body>
        </html>

        """);
}
