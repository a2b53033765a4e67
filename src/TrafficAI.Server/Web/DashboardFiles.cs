using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace TrafficAI.Server.Web;

/// <summary>The files of the dashboard, from the folder beside the program.</summary>
internal static class DashboardFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "dashboard");

    public static void UseDashboard(this IApplicationBuilder app)
    {
        if (!File.Exists(Path.Combine(Folder, "index.html")))
        {
            app.Use((context, next) => context.Request.Path == "/" ? context.Response.WriteAsync(
                "The dashboard is not built: run 'npm ci && npm run build' in src/TrafficAI.Server/web, then build again. The interface is at /api/v1, described in /openapi/v1.json.\n") : next(context));
            return;
        }

        var files = new PhysicalFileProvider(Folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = new FileExtensionContentTypeProvider(), OnPrepareResponse = Cache });
    }

    // The names of built files change with their content, but for the page itself.
    private static void Cache(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.File.Name.EndsWith(".html", StringComparison.Ordinal) ? "no-cache" : "public, max-age=3600";
}
