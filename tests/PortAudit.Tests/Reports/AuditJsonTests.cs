using System.Text.Json;
using System.Text.Json.Nodes;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports;

public sealed class AuditJsonTests
{
    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")));

    [Fact]
    public void The_document_of_a_full_report_meets_the_schema() =>
        Assert.Empty(Schema.Check(Json(SampleReport.Run())));

    [Fact]
    public void The_document_of_an_empty_report_meets_the_schema() =>
        Assert.Empty(Schema.Check(Json(SampleReport.EmptyRun())));

    [Fact]
    public void The_document_of_a_report_with_a_baseline_meets_the_schema() =>
        Assert.Empty(Schema.Check(Json(SampleReport.RunWithBaseline())));

    [Fact]
    public void Any_property_that_is_missing_breaks_the_schema()
    {
        var properties = 0;
        foreach (var path in PropertiesOf(JsonNode.Parse(Json(SampleReport.RunWithBaseline()))!, "$"))
        {
            var document = JsonNode.Parse(Json(SampleReport.RunWithBaseline()))!;
            var (parent, name) = Find(document, path);
            parent.Remove(name);
            Assert.True(Schema.Check(document.ToJsonString()).Count > 0, $"{path} may be missing");
            properties++;
        }

        Assert.True(properties > 100);
    }

    [Fact]
    public void A_property_that_the_schema_does_not_name_breaks_it()
    {
        var document = JsonNode.Parse(Json(SampleReport.Run()))!;
        document["findings"]![0]!["colour"] = "red";
        Assert.Single(Schema.Check(document.ToJsonString()),
            error => error.StartsWith("$.findings[0]:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_the_schema_does_not_know_breaks_it()
    {
        var document = JsonNode.Parse(Json(SampleReport.Run()))!;
        document["findings"]![0]!["severity"] = "grave";
        Assert.Single(Schema.Check(document.ToJsonString()));
    }

    [Fact]
    public void The_schema_knows_every_word_of_the_model()
    {
        var definitions = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json"))).RootElement.GetProperty("$defs");
        Assert.Equal(Words<Verdict>(word => word.ToText()), EnumOf(definitions.GetProperty("verdict")));
        Assert.Equal(Words<Outcome>(word => word.ToText()), EnumOf(definitions.GetProperty("outcome")));
        Assert.Equal(Words<RuleStatus>(word => word.ToText()), EnumOf(definitions.GetProperty("ruleStatus")));
        Assert.Equal(Words<Severity>(word => word.ToText()), EnumOf(definitions.GetProperty("severity")));
        Assert.Subset(EnumOf(definitions.GetProperty("finding").GetProperty("properties").GetProperty("kind")),
            Words<FindingKind>(word => word.ToText()));
        Assert.Equal(Words<Need>(word => word.ToString().ToLowerInvariant()),
            EnumOf(definitions.GetProperty("rule").GetProperty("properties").GetProperty("need")));
    }

    [Fact]
    public void Top_level_properties_come_in_the_order_of_the_contract() => Assert.Equal(
        [
            "schema_version", "tool", "site", "catalogs", "captures", "coverage", "passages", "policies",
            "role_pairs", "segment_pairs", "rules",
            "findings",
            "hosts", "dynamic_ports",
            "exceptions", "flows_judged", "diagnostics", "baseline",
            "news", "behaviour", "not_judged", "selection", "trend",
        ],
        JsonDocument.Parse(Json(SampleReport.Run())).RootElement.EnumerateObject().Select(property => property.Name));

    [Fact]
    public void One_port_is_a_number_a_range_a_string_and_none_null()
    {
        var findings = JsonDocument.Parse(Json(SampleReport.Run())).RootElement.GetProperty("findings");
        Assert.Equal(5061, findings[0].GetProperty("port").GetInt32());
        Assert.Equal("8000-8009", findings[1].GetProperty("port").GetString());
        Assert.Equal(JsonValueKind.Null, findings[2].GetProperty("port").ValueKind);
    }

    [Fact]
    public void A_source_names_the_document_with_title_and_checksum()
    {
        var source = JsonDocument.Parse(Json(SampleReport.Run())).RootElement.GetProperty("findings")[0]
            .GetProperty("source");
        Assert.Equal("Express for Lync", source.GetProperty("title").GetString());
        Assert.Equal(new string('a', 64), source.GetProperty("sha256").GetString());
        Assert.Equal([73, 74, 80], source.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32()));
    }

    [Fact]
    public void An_input_that_could_not_be_opened_stands_among_the_captures_and_makes_the_report_partial()
    {
        var whole = SampleReport.EmptyRun();
        var broken = whole with { Unread = [new UnreadInput("gone.pcap", 0, "no such file")] };
        Assert.False(IsPartial(whole));
        Assert.True(IsPartial(broken));
        Assert.True(IsPartial(whole with { Interrupted = true }));
        var captures = JsonDocument.Parse(Json(broken)).RootElement.GetProperty("captures");
        Assert.Equal("not-opened", captures[1].GetProperty("end").GetProperty("kind").GetString());
    }

    [Fact]
    public void Characters_that_steer_a_terminal_are_escaped_and_filters_stay_readable()
    {
        var json = Json(SampleReport.Run());
        Assert.DoesNotContain('\u001b', json);
        Assert.DoesNotContain('\u202E', json);
        Assert.Contains("\\u001B[2Jevil\\u202Egnp.exe", json, StringComparison.Ordinal);
        Assert.Contains("ip.addr == 10.0.0.12 && ip.addr == 172.16.0.5", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes() => Assert.Equal(Json(SampleReport.Run()), Json(SampleReport.Run()));

    [Fact]
    public void A_capture_that_does_not_say_what_it_lost_has_no_number_for_it()
    {
        var captures = JsonDocument.Parse(Json(SampleReport.Run())).RootElement.GetProperty("captures");
        Assert.Equal(JsonValueKind.Null, captures[0].GetProperty("dropped").ValueKind);
        Assert.Equal(35, captures[1].GetProperty("dropped").GetInt64());
        Assert.Equal(JsonValueKind.Null, captures[1].GetProperty("drops")[2].GetProperty("dropped").ValueKind);
    }

    [Fact]
    public void Link_types_beyond_the_limit_are_one_number()
    {
        var run = SampleReport.Run();
        var links = Enumerable.Range(0, LinkCount.MaximumListed + 2)
            .Select(number => new LinkCount(new LinkType((ushort)number), 10));
        var observation =
            run.Report.Observation with { Captures = [run.Report.Observation.Captures[0] with { Links = [.. links] }] };
        var coverage = JsonDocument.Parse(Json(run
            with
        { Report = run.Report with { Observation = observation } })).RootElement.GetProperty("coverage");
        Assert.Equal(LinkCount.MaximumListed, coverage.GetProperty("links").GetArrayLength());
        Assert.Equal(20, coverage.GetProperty("packets_of_other_links").GetInt64());
    }

    private static bool IsPartial(AuditRun run) =>
        JsonDocument.Parse(Json(run)).RootElement.GetProperty("coverage").GetProperty("partial").GetBoolean();

    private static string Json(AuditRun run)
    {
        using var writer = new StringWriter();
        AuditJson.Write(run, writer);
        return writer.ToString();
    }

    private static HashSet<string> Words<T>(Func<T, string> toText)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(toText)];

    private static HashSet<string> EnumOf(JsonElement schema) =>
        [.. schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];

    /// <summary>Paths of all properties, except the counts by name: words that did not occur are left out
    /// there.</summary>
    private static IEnumerable<string> PropertiesOf(JsonNode node, string path) => node switch
    {
        JsonObject counts when path.EndsWith("verdicts", StringComparison.Ordinal)
            || path.EndsWith("outcomes", StringComparison.Ordinal) => [],
        JsonObject parent => parent.SelectMany(property => PropertiesOf(property.Value ?? JsonValue.Create(0),
            $"{path}.{property.Key}").Prepend($"{path}.{property.Key}")),
        JsonArray list => list.SelectMany((item, index) => PropertiesOf(item!, $"{path}.#{index}")),
        _ => [],
    };

    private static (JsonObject Parent, string Name) Find(JsonNode root, string path)
    {
        var steps = path.Split('.')[1..];
        foreach (var step in steps[..^1])
            root = step[0] == '#'
                ? root[int.Parse(step[1..], System.Globalization.CultureInfo.InvariantCulture)]!
                : root[step]!;
        return (root.AsObject(), steps[^1]);
    }
}
