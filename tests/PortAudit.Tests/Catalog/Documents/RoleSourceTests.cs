using System.Text.RegularExpressions;
using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Every role of the shipped catalogs says where a document introduces it, and its names stand
/// there.</summary>
public sealed partial class RoleSourceTests
{
    /// <summary>The abbreviation for a domain controller, which KB 832017 prints inside "MSMQ-DCs" alone.</summary>
    private const string Abbreviation = "DC";

    [Fact]
    public void Every_role_has_a_source() =>
        Assert.Equal("", string.Join(' ', Roles().Where(role => role.Source is null).Select(role => role.Id)));

    [NeedsFact(Part.Seeds)]
    public void The_words_of_a_name_are_printed_in_the_lines_of_its_role_or_in_the_heading_above_them()
    {
        var missing = from role in Roles()
                      where role.Source is { Lines.IsEmpty: false }
                      let printed = string.Join('\n', role.Source!.All.SelectMany(Printed))
                      from name in role.Aliases
                      where name != Abbreviation && WordPattern().Matches(name)
                          .Any(word => !printed.Contains(word.Value, StringComparison.OrdinalIgnoreCase))
                      select $"{role.Id}: {name}";

        Assert.Equal("", string.Join('\n', missing));
    }

    private static IEnumerable<Role> Roles() => Shipped.Catalogs.Files.SelectMany(file => file.Roles);

    private static IEnumerable<string> Printed(SourceReference source)
    {
        var lines = SeedText.LinesOf(source.Document);
        return source.Lines.Select(line => lines[line - 1]).Prepend(source.Section);
    }

    // "Yahoo\!" is how one document prints that name.
    [GeneratedRegex("[A-Za-z0-9$_]+")]
    private static partial Regex WordPattern();
}
