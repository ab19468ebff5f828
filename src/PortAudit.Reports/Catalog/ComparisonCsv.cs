using System.Collections.Immutable;
using PortAudit.Audit.Needs;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>A comparison as comma-separated values with a header line (RFC 4180), a row for each need. Several values
/// in a cell are separated by one space, sources by a semicolon.</summary>
internal static class ComparisonCsv
{
    private static readonly ImmutableArray<(string Name, Func<ComparedPair, ComparedNeed, string> Value)> Columns =
    [
        ("from", (pair, _) => pair.From),
        ("to", (pair, _) => pair.To),
        ("change", (_, need) => need.Change.ToText()),
        ("transport", (_, need) => need.Transport.ToString()),
        ("parameter", (_, need) => need.Parameter),
        ("first_ports", (_, need) => ComparisonWords.Ports(need.First?.Ports ?? [])),
        ("second_ports", (_, need) => ComparisonWords.Ports(need.Second?.Ports ?? [])),
        ("common", (_, need) => ComparisonWords.Ports(need.Common)),
        ("only_first", (_, need) => ComparisonWords.Ports(need.OnlyFirst)),
        ("only_second", (_, need) => ComparisonWords.Ports(need.OnlySecond)),
        ("first_need", (_, need) => NeedOf(need.First)),
        ("second_need", (_, need) => NeedOf(need.Second)),
        ("first_rules", (_, need) => Rules(need.First)),
        ("second_rules", (_, need) => Rules(need.Second)),
        ("narrower", (_, need) => string.Join("; ", need.Narrower.Select(pair => $"{pair.From} {pair.To}"))),
        ("first_sources", (_, need) => Sources(need.First)),
        ("second_sources", (_, need) => Sources(need.Second)),
    ];

    public static void Write(ComparedCatalogs compared, TextWriter writer)
    {
        CsvLine.Write(writer, Columns.Select(column => column.Name));
        foreach (var (pair, need) in compared.Rows)
            CsvLine.Write(writer, Columns.Select(column => column.Value(pair, need)));
    }

    private static string NeedOf(AskedPorts? asked) => asked is null ? "" : NeedWords.ToText(asked.Need);

    private static string Rules(AskedPorts? asked) =>
        string.Join(' ', asked?.Rules.Select(asking => asking.Rule.Id) ?? []);

    private static string Sources(AskedPorts? asked) =>
        string.Join("; ", asked?.Rules.Select(ComparisonWords.Sources).Distinct() ?? []);
}
