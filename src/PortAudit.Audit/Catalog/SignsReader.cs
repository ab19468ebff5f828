using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads the signs that identify a catalog's roles.</summary>
/// <param name="scope">Names that entries may use.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class SignsReader(RuleScope scope, FileDiagnostics diagnostics)
{
    private const string HowToWrite = "write serves: { protocol: NAME }, or uses: { protocol: NAME }";

    private static readonly WordList<bool> Peers = new("value of 'peer'", (BuiltInRoles.Internet, true));

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The signs in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Sign> Read(ImmutableArray<YamlValue> items) => [.. items.Select(ReadSign).OfType<Sign>()];

    private Sign? ReadSign(YamlValue item)
    {
        if (Fields.Of(item, "a sign", diagnostics) is not { } fields)
            return null;
        var role = RoleOf(fields.RequiredText("role"));
        var serves = ReadMarks(fields.Optional("serves"));
        var uses = ReadMarks(fields.Optional("uses"));
        var unless = fields.OptionalTexts("unless").Where(name => RoleOf(name) is not null).ToImmutableArray();
        var confidence =
            fields.RequiredText("confidence") is { } word ? RuleWords.Confidences.Read(word, diagnostics) : null;
        var isOfMany = fields.Optional("many") is { } many && EntryFields.Switch(many, diagnostics) == true;
        var note = fields.Note();
        if (serves is null && uses is null)
            fields.Miss("serves", HowToWrite);
        fields.Close();
        if (unless.FirstOrDefault(name => name.Text == role?.Text) is { } itself)
            diagnostics.Error(itself.Position, $"{Spelling.Quote(itself.Text)} excludes itself", "name another role");
        if (role is null || confidence is null || (serves ?? uses) is null)
            return null;
        var sign = new Sign(role.Text, serves ?? [], uses ?? [], [.. unless.Select(name => name.Text)],
            confidence.Value, isOfMany, note);
        if (!_seen.Add($"{sign.Role}\n{sign.Text}"))
            diagnostics.Error(item.Position, $"{Spelling.Quote(sign.Role)} has this sign twice", "keep one of them");
        return sign;
    }

    // No behaviour identifies "any host": a sign names a role that the file defines.
    private YamlText? RoleOf(YamlText? name)
    {
        if (name is null || !scope.Parties.Check(name, diagnostics))
            return null;
        if (!BuiltInRoles.Contains(name.Text))
            return name;
        diagnostics.Error(name.Position, $"role {Spelling.Quote(name.Text)} is built in and has no signs",
            "name a role of this file");
        return null;
    }

    /// <summary>One mark or a list; null when the key is not there.</summary>
    private ImmutableArray<Mark>? ReadMarks(YamlValue? value)
    {
        if (value is YamlList { Items.IsEmpty: true })
            diagnostics.Error(value.Position, "the list of marks is empty", HowToWrite);
        return value switch
        {
            null => null,
            YamlList list => [.. list.Items.Select(ReadMark).OfType<Mark>()],
            _ => [.. new[] { ReadMark(value) }.OfType<Mark>()],
        };
    }

    private Mark? ReadMark(YamlValue value)
    {
        if (Fields.Of(value, "a mark", diagnostics) is not { } fields)
            return null;
        var protocols = RuleReader.ReadProtocols(fields, diagnostics);
        var services = RuleReader.CheckServices(fields.OptionalTexts("service"), protocols, diagnostics);
        var transports = RuleReader.ReadOptionalTransports(fields, diagnostics);
        var ports = fields.Optional("ports") is { } range ? PortsReader.Read(range, diagnostics) : [];
        ImmutableArray<string> serverNames = [.. fields.OptionalTexts("server-name").Where(IsDomain)
            .Select(name => name.Text.ToLowerInvariant())];
        var isWithInternet = fields.Word("peer", Peers, false, diagnostics);
        fields.Close();
        if (protocols.IsEmpty && fields.Optional("protocol") is null or YamlList { Items.IsEmpty: true }
            && (ports.IsEmpty || transports.IsEmpty))
            diagnostics.Error(fields.Position, "a mark without a protocol asks for 'transport' and 'ports'",
                "name the protocol, or write { transport: tcp, ports: 1270 }");
        if (protocols.IsEmpty && !services.IsEmpty)
            diagnostics.Error(fields.Position, "a service belongs to a protocol", "name the protocol");
        return new Mark(protocols, services, transports, ports)
        {
            IsWithInternet = isWithInternet,
            ServerNames = serverNames,
        };
    }

    // One label would be a top-level domain.
    private bool IsDomain(YamlText name)
    {
        var labels = name.Text.Split('.');
        if (labels.Length > 1 && labels.All(label => label.Length > 0
            && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
            return true;
        diagnostics.Error(name.Position, $"{Spelling.Quote(name.Text)} is no domain",
            "write it without '*': names below it count, too");
        return false;
    }
}
