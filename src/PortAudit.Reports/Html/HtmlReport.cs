using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Html;

/// <summary>
/// The audit as one HTML file: no request to anywhere, complete without script, for screen and paper. Rendered by Razor
/// components, which encode every text. The same run gives the same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("<!DOCTYPE html>\n");
        writer.Write(Render<ReportDocument>(new Dictionary<string, object?> { [nameof(ReportDocument.Run)] = run }));
    }

    /// <summary>Writes one screen of it, for who decides.</summary>
    public static void WriteOverview(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("<!DOCTYPE html>\n");
        writer.Write(
            Render<OverviewDocument>(new Dictionary<string, object?> { [nameof(OverviewDocument.Run)] = run }));
    }

    /// <summary>A component as text, with what an eye could misread made visible.</summary>
    internal static string Render<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        var renderer = new HtmlRenderer(NoServices.Instance, NullLoggerFactory.Instance);
        try
        {
            return renderer.Dispatcher.InvokeAsync(async () =>
            {
                var root = await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))
                    .ConfigureAwait(true);
                return VisibleEntities.Of(root.ToHtmlString());
            }).GetAwaiter().GetResult();
        }
        finally
        {
            renderer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Components that need nothing from outside: the encoder alone is named, as <see cref="VisibleEntities"/>
    /// relies on it.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => serviceType == typeof(HtmlEncoder) ? HtmlEncoder.Default : null;
    }
}
