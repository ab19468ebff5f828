using Microsoft.Playwright;

namespace PortAudit.Tests.Reports.Html;

/// <summary>Chromium as the system has it, and pages in it that are watched: what they ask of the network, and what
/// they complain of.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Executable = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>True when a Chromium is on the path.</summary>
    public static bool IsInstalled => Executable is not null;

    public async Task InitializeAsync()
    {
        if (Executable is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox"]
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a file without network.</summary>
    internal async Task<WatchedPage> Open(string path, bool withScript = true)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            Offline = true,
            JavaScriptEnabled = withScript,
            ColorScheme = ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = 1400, Height = 1000 }
        });
        context.SetDefaultTimeout(120_000);
        var page = await context.NewPageAsync();
        var watched = new WatchedPage(page);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return watched;
    }
}

/// <summary>A page, with what went wrong on it.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _troubles = [];
    private int _documents;

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _troubles.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => _troubles.Add($"error: {error}");
        page.Dialog += (_, dialog) => _troubles.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            // The document itself is the one thing that may be asked for.
            if (request.ResourceType != "document" || _documents++ > 0)
                _troubles.Add($"request: {request.Url}");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Messages of the console, errors, dialogs, and requests beside that for the page.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

/// <summary>All tests that use the browser share one.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
