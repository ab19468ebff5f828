using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Tests.Catalog.Documents;

namespace PortAudit.Tests.Catalog.Flows;

/// <summary>
/// The catalogs that cite pages of the web, whose text is not at hand, against flows written by hand from those pages.
/// Each rule needs a flow for each of its transports and port ranges.
/// </summary>
public sealed class CatalogFlowTests
{
    /// <summary>A protocol that no rule of these catalogs asks for.</summary>
    private const string Other = "x11";

    private static IEnumerable<string> Ids => Shipped.Catalogs.Files
        .Where(file => file.Rules.Any(rule => rule.Source!.All.Any(source => source.Lines.IsEmpty)))
        .Select(file => file.Id);

    public static TheoryData<string> Catalogs() => [.. Ids];

    [Fact]
    public void There_are_catalogs_to_test() =>
        Assert.Equal(["active-directory", "cisco-collaboration", "common", "exchange-2016-2019", "industrial",
            "internet-access", "sip-generic", "skype-for-business", "teams", "windows-management"],
            Ids.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void Every_transport_and_port_of_a_rule_has_a_flow(string catalog)
    {
        var flows = FlowVector.Of(catalog).ToLookup(flow => flow.Rule);
        var missing = from rule in Shipped.Catalogs.Files.Single(file => file.Id == catalog).Rules
                      from transport in rule.Transports
                      let ports = rule.Ports.IsEmpty ? [new PortRange(0, ushort.MaxValue)] : rule.Ports
                      from range in ports
                      where !flows[rule.Id].Any(flow => flow.Transport == transport && range.Contains(flow.Port))
                      select $"{rule.Id} {transport} {range}";

        Assert.Equal("", string.Join('\n', missing));
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_flow_is_expected_by_its_rule(string catalog)
    {
        foreach (var flow in FlowVector.Of(catalog).Where(flow => flow.Rule is not null))
        {
            var judgement = flow.Judge(flow.Record);

            Assert.True(IsExpected(judgement), $"{flow} is {judgement.Verdict}");
            Assert.True(judgement.Rules.Any(rule => rule.Rule.Rule.Id == flow.Rule && rule.Fit.IsGood()),
                $"{flow} is covered by {string.Join(", ", judgement.Rules.Select(rule => rule.Rule.Rule.Id))}");
        }
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_flow_without_a_rule_is_not_expected(string catalog)
    {
        var flows = FlowVector.Of(catalog).Where(flow => flow.Rule is null).ToList();

        Assert.NotEmpty(flows);
        Assert.All(flows, flow => Assert.False(IsExpected(flow.Judge(flow.Record)), flow.Line));
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_flow_of_another_protocol_is_not_expected(string catalog)
    {
        var rules = Shipped.Catalogs.Files.Single(file => file.Id == catalog).Rules.ToDictionary(rule => rule.Id);
        foreach (var flow in FlowVector.Of(catalog).Where(flow =>
            flow is { Rule: { } rule, Transport.HasPorts: true } && !rules[rule].Protocols.IsEmpty))
        {
            var judgement = flow.Judge(flow.RecordOf(Other));

            Assert.False(IsExpected(judgement), $"{flow} with {Other} is {judgement.Verdict}");
        }
    }

    private static bool IsExpected(Judgement judgement) =>
        judgement.Verdict is Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic;
}
