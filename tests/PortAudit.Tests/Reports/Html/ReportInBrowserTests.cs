using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Pictures;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Reports.Html;

/// <summary>The report as its reader has it: a file, opened in Chromium without a network.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class ReportInBrowserTests(Browser browser) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Pages => ["sample", "hostile", "empty", "largest", "packets"];

    public void Dispose() => _directory.Dispose();

    [NeedsTheory(Part.Chromium)]
    [MemberData(nameof(Pages))]
    public async Task It_asks_nothing_of_anybody_complains_of_nothing_and_hides_nothing(string name)
    {
        await using var watched = await Open(name);
        var text = await watched.Page.InnerTextAsync("body");
        var headings = await watched.Page.EvaluateAsync<int[]>(
            "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))");
        var duplicates = await watched.Page.EvaluateAsync<int>("() => { const ids = "
            + "[...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; }");
        var broken = await watched.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].map(a "
            + "=> a.getAttribute('href')).filter(h => h[0] !== '#' || !document.getElementById(h.slice(1)))");

        Assert.Empty(watched.Troubles);
        Assert.DoesNotMatch(Invisible(), text);
        Assert.Equal(1, headings.Count(level => level == 1));
        Assert.Equal(1, headings[0]);
        Assert.All(headings.Zip(headings.Skip(1)),
            pair => Assert.True(pair.Second - pair.First <= 1, "a level of headings is left out"));
        Assert.Equal(0, duplicates);
        Assert.Empty(broken);
        Assert.Equal(1, await watched.Page.Locator("script").CountAsync());
    }

    [NeedsTheory(Part.Chromium)]
    [InlineData("sample", ColorScheme.Light)]
    [InlineData("sample", ColorScheme.Dark)]
    [InlineData("hostile", ColorScheme.Light)]
    [InlineData("empty", ColorScheme.Light)]
    [InlineData("packets", ColorScheme.Light)]
    [InlineData("packets", ColorScheme.Dark)]
    public async Task It_can_be_read_by_everybody(string name, ColorScheme colours)
    {
        await using var watched = await Open(name);
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours });
        await watched.Page.EvaluateAsync(
            "() => document.querySelectorAll('details').forEach(fold => fold.open = true)");
        await watched.Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.PathOf("tests", "PortAudit.Tests",
            "Reports", "Html", "axe", "axe.min.js")) + "; 0");
        var violations = await watched.Page.EvaluateAsync<JsonElement>("async () => (await "
            + "axe.run(document)).violations.map(v => v.impact + ' ' + v.id + ': ' + v.nodes.slice(0, 3).map(n => "
            + "n.html.slice(0, 160)).join(' | '))");

        Assert.Empty(violations.EnumerateArray().Select(violation => violation.GetString()));
    }

    [NeedsTheory(Part.Chromium)]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_wider_than_a_narrow_screen(string name)
    {
        await using var watched = await Open(name);
        await watched.Page.SetViewportSizeAsync(400, 900);
        await watched.Page.EvaluateAsync(
            "() => document.querySelectorAll('details').forEach(fold => fold.open = true)");

        Assert.InRange(await watched.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, 400);
    }

    [NeedsFact(Part.Chromium)]
    public async Task A_cell_of_the_matrix_leads_to_its_pair()
    {
        await using var watched = await Open("sample");
        await watched.Page.Locator(".matrix a").First.ClickAsync();

        Assert.EndsWith("#pair-lync-director--lync-edge-internal", watched.Page.Url, StringComparison.Ordinal);
        Assert.True(await watched.Page.Locator("#pair-lync-director--lync-edge-internal h3").IsVisibleAsync());
        Assert.InRange((await watched.Page.Locator("#pair-lync-director--lync-edge-internal")
            .BoundingBoxAsync())!.Y, -5, 200);
    }

    /// <summary>Sections that were never shown have no height yet: those above the aim must not push it away once they
    /// are laid out.</summary>
    [NeedsFact(Part.Chromium)]
    public async Task So_does_the_last_cell_of_ninety()
    {
        await using var watched = await Open("largest");
        Assert.Equal(450, await watched.Page.Locator("svg.plot").CountAsync());
        var link = watched.Page.Locator(".matrix a").Last;
        var aim = watched.Page.Locator((await link.GetAttributeAsync("href"))!);
        await link.ClickAsync();
        await watched.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 500))");

        Assert.InRange((await aim.BoundingBoxAsync())!.Y, -5, 200);
    }

    [NeedsFact(Part.Chromium)]
    public async Task A_table_is_sorted_by_number_in_both_directions_and_filtered()
    {
        await using var watched = await Open("largest");
        var table = watched.Page.Locator("#pair-role-0--server-0 table.flows");
        await watched.Page.Locator("#pair-role-0--server-0 details").Last.Locator("summary").ClickAsync();
        var head = table.Locator("th", new LocatorLocatorOptions { HasText = "Begin" });
        await head.Locator("button").ClickAsync();
        var ascending = await FirstCells(table);
        await head.Locator("button").ClickAsync();
        var descending = await FirstCells(table);

        Assert.Equal(ascending.Order(StringComparer.Ordinal), ascending);
        Assert.Equal(descending.OrderDescending(StringComparer.Ordinal), descending);
        Assert.NotEqual(ascending[0], descending[0]);
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));

        await watched.Page.Locator("#pair-role-0--server-0 .filter input").Last.FillAsync(ascending[0]);
        Assert.Equal(1, await table.Locator("tbody tr:visible").CountAsync());
    }

    [NeedsFact(Part.Chromium)]
    public async Task A_filter_is_copied_to_the_clipboard()
    {
        await using var watched = await Open("sample");
        await watched.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var evidence = watched.Page.Locator(".finding .evidence").First;
        await evidence.Locator("summary").ClickAsync();
        var filter = await evidence.Locator("code").First.InnerTextAsync();
        var button = evidence.Locator(".copy").First;
        await button.ClickAsync();

        Assert.NotEmpty(filter);
        Assert.Equal("Copied", await button.InnerTextAsync());
        Assert.Equal(filter, await watched.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await Assertions.Expect(button).ToHaveTextAsync("Copy");
        Assert.Empty(watched.Troubles);
    }

    /// <summary>As where a browser forbids pages to write to the clipboard.</summary>
    [NeedsFact(Part.Chromium)]
    public async Task Where_nothing_can_be_copied_the_filter_is_selected_and_the_button_says_what_to_press()
    {
        await using var watched = await Open("sample");
        await watched.Page.EvaluateAsync("() => { document.execCommand = () => false; }");
        var evidence = watched.Page.Locator(".finding .evidence").First;
        await evidence.Locator("summary").ClickAsync();
        var button = evidence.Locator(".copy").First;
        await button.ClickAsync();

        Assert.Equal("Press Ctrl+C", await button.InnerTextAsync());
        Assert.Equal(await evidence.Locator("code").First.InnerTextAsync(),
            await watched.Page.EvaluateAsync<string>("() => getSelection().toString()"));
    }

    [NeedsFact(Part.Chromium)]
    public async Task The_colours_switch()
    {
        await using var watched = await Open("sample");
        var light = await Background(watched.Page);
        await watched.Page.Locator("#theme").ClickAsync();
        var dark = await Background(watched.Page);
        await watched.Page.Locator("#theme").ClickAsync();

        Assert.Equal("rgb(246, 247, 249)", light);
        Assert.Equal("rgb(20, 23, 28)", dark);
        Assert.Equal(light, await Background(watched.Page));
    }

    [NeedsFact(Part.Chromium)]
    public async Task It_prints_what_is_open()
    {
        await using var watched = await Open("sample");
        var flows = watched.Page.Locator("#pair-lync-director--lync-edge-internal .flows td").First;
        var folded = await Pages();
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await flows.IsVisibleAsync());
        Assert.False(await watched.Page.Locator("#theme").IsVisibleAsync());
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await watched.Page.Locator("#folds").ClickAsync();
        var whole = await Pages();
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.InRange(folded, 2, 12);
        Assert.True(whole > folded);
        Assert.True(await flows.IsVisibleAsync());

        async Task<int> Pages() => PdfPage().Count(System.Text.Encoding.Latin1.GetString(
            await watched.Page.PdfAsync(new PagePdfOptions { Format = "A4" })));
    }

    [NeedsFact(Part.Chromium)]
    public async Task Without_script_it_is_complete_and_shows_no_button_that_does_nothing()
    {
        await using var watched = await Open("sample", withScript: false);

        Assert.Equal(0, await watched.Page.Locator("button:visible").CountAsync());
        await watched.Page.Locator("#pair-lync-director--lync-edge-internal details").Last.Locator("summary")
            .ClickAsync();
        Assert.Equal(4, await watched.Page.Locator("#pair-lync-director--lync-edge-internal .flows tbody tr:visible")
            .CountAsync());
        Assert.Empty(watched.Troubles);
    }

    [NeedsFact(Part.Chromium)]
    public async Task Every_plot_stands_for_itself_as_a_file()
    {
        foreach (var file in PlotFiles.Of(ReportRuns.Sample(), PlotFormat.Svg))
        {
            await File.WriteAllBytesAsync(_directory[file.FileName], file.Bytes);
            await using var watched = await browser.Open(_directory[file.FileName]);
            Assert.Empty(watched.Troubles);
        }
    }

    private static async Task<string> Background(IPage page) =>
        await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task<IReadOnlyList<string>> FirstCells(ILocator table) =>
        await table.Locator("tbody tr td:first-child").AllInnerTextsAsync();

    private async Task<WatchedPage> Open(string name, bool withScript = true) => await browser.Open(Write(name switch
    {
        "sample" => ReportRuns.Sample(),
        "hostile" => ReportRuns.WithHostileNames(),
        "empty" => SampleReport.EmptyRun(),
        "packets" => ReportRuns.WithPackets(ReportRuns.Sample()),
        _ => ReportRuns.Largest(),
    }), withScript);

    private string Write(AuditRun run)
    {
        File.WriteAllText(_directory["report.html"], HtmlReportTests.Render(run));
        return _directory["report.html"];
    }

    /// <summary>What a reader's eye would miss or take for something else, but for the ends of lines and tabs between
    /// cells.</summary>
    [GeneratedRegex(@"[\p{Cf}\p{Co}\p{Zl}\p{Zp}\u0000-\u0008\u000b-\u001f\u007f-\u009f]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPage();
}
