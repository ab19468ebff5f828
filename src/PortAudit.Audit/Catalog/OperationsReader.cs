using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads the operations by which hosts are administered from afar
/// (<c>rules/sensitive-operations.yaml</c>).</summary>
internal static class OperationsReader
{
    private const string Hint =
        "write protocol: NAME, interface: NAME, program-on: admin-share, or attack: NAME";

    private static readonly WordList<bool> ProgramShares = new("value of 'program-on'", ("admin-share", true));

    private static readonly KnownNames Attacks = KnownNames.Of("attack",
        [CarriedUse.ZeroCredential, CarriedUse.Slammer, CarriedUse.OverlappingFragments]);

    private static readonly WordList<OperationRisk> Risks =
        new("value of 'risk'", ("high", OperationRisk.High), ("medium", OperationRisk.Medium));

    private static readonly KnownNames Protocols =
        KnownNames.Of("protocol", ProtocolRegistry.Rows.Select(row => row.Name));

    private static readonly KnownNames Interfaces = KnownNames.Of("RPC interface", RpcInterfaces.AllNames);

    /// <summary>Reads a file; faulty entries are skipped with a diagnostic.</summary>
    public static SensitiveOperations Read(YamlFile yaml, FileDiagnostics diagnostics)
    {
        var fields = Fields.Of(yaml.Root, "a list of operations", diagnostics)!;
        var operations = ImmutableArray.CreateBuilder<SensitiveOperation>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in fields.Items("operations"))
        {
            if (ReadOperation(item, lines, diagnostics) is { } operation)
                operations.Add(operation);
        }

        var carriers = Known(fields.OptionalTexts("carriers"), Protocols, diagnostics);
        fields.Close();
        return new SensitiveOperations(operations.ToImmutable(), carriers);
    }

    private static SensitiveOperation? ReadOperation(YamlValue item, Dictionary<string, int> lines,
        FileDiagnostics diagnostics)
    {
        if (Fields.Of(item, "an operation", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var title = fields.RequiredText("title");
        var protocols = Known(fields.OptionalTexts("protocol"), Protocols, diagnostics);
        var services = fields.OptionalTexts("service").Select(text => text.Text).ToImmutableArray();
        var interfaces = Known(fields.OptionalTexts("interface"), Interfaces, diagnostics);
        var calls = CallsOf(fields.OptionalTexts("calls"), diagnostics);
        var isProgram = fields.Word("program-on", ProgramShares, false, diagnostics);
        var attacks = Known(fields.OptionalTexts("attack"), Attacks, diagnostics);
        var (from, to) = UsualOf(fields, diagnostics);
        var risk = fields.RequiredText("risk") is { } word ? Risks.Read(word, diagnostics) : null;
        var means = fields.RequiredText("means");
        var reason = fields.OptionalText("reason");
        var session = fields.OptionalText("session");
        var reference = ReferenceOf(fields, diagnostics);
        var signs = (protocols.IsEmpty ? 0 : 1) + (interfaces.IsEmpty ? 0 : 1) + (isProgram ? 1 : 0)
            + attacks.Length;
        if (signs != 1)
            diagnostics.Error(fields.Position, "an operation is recognised by exactly one of four signs", Hint);
        if (!services.IsEmpty && protocols.IsEmpty)
            diagnostics.Error(fields.Position, "a service belongs to a protocol", "name the protocol");
        if (!calls.IsEmpty && interfaces.IsEmpty)
            diagnostics.Error(fields.Position, "calls belong to an interface", "name the interface");
        fields.Close();
        if (id is not null && !lines.TryAdd(id.Text, id.Position.Line))
            diagnostics.Error(id.Position,
                $"operation {Spelling.Quote(id.Text)} is defined twice, first in line {lines[id.Text]}",
                "give one of them another identifier");
        if (id is null || title is null || risk is null || means is null || reference is null || signs != 1)
            return null;
        return new SensitiveOperation(id.Text, title.Text, risk.Value, means.Text, reference)
        {
            Protocols = protocols,
            Services = services,
            Interfaces = interfaces,
            Calls = calls,
            IsProgram = isProgram,
            Attack = attacks.FirstOrDefault(),
            Reason = reason?.Text ?? "",
            Session = session?.Text,
            UsualFrom = from,
            UsualTo = to,
        };
    }

    private static ImmutableArray<string> Known(ImmutableArray<YamlText> names, KnownNames known,
        FileDiagnostics diagnostics) =>
        [.. names.Where(name => known.Check(name, diagnostics)).Select(name => name.Text)];

    private static ImmutableArray<ushort> CallsOf(ImmutableArray<YamlText> texts, FileDiagnostics diagnostics)
    {
        var calls = ImmutableArray.CreateBuilder<ushort>(texts.Length);
        foreach (var text in texts)
        {
            if (ushort.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var call))
                calls.Add(call);
            else
                diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is not the number of a call",
                    "write its opnum, 0 to 65535");
        }

        return calls.ToImmutable();
    }

    private static (ImmutableArray<string> From, ImmutableArray<string> To) UsualOf(Fields fields,
        FileDiagnostics diagnostics)
    {
        if (fields.Optional("usual") is not { } value || Fields.Of(value, "a usual way", diagnostics) is not { } usual)
            return ([], []);
        var from = usual.OptionalTexts("from").Select(text => text.Text).ToImmutableArray();
        var to = usual.OptionalTexts("to").Select(text => text.Text).ToImmutableArray();
        usual.Close();
        return (from, to);
    }

    private static string? ReferenceOf(Fields fields, FileDiagnostics diagnostics)
    {
        if (fields.Required("source", "write source: { document: NAME, section: NUMBER }") is not { } value
            || Fields.Of(value, "a source", diagnostics) is not { } source)
            return null;
        var document = source.RequiredText("document");
        var section = source.RequiredText("section");
        source.Close();
        return document is null || section is null ? null : $"{document.Text} {section.Text}";
    }
}
