using System.Collections.Immutable;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads rules (design §4) of a catalog or of a site.</summary>
/// <param name="scope">Names that the rules may use.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class RuleReader(RuleScope scope, FileDiagnostics diagnostics)
{
    private static readonly KnownNames Protocols = KnownNames.Of(
        "protocol", ProtocolRegistry.Rows.Select(row => row.Name),
        "name one that 'portaudit flows' can name, or leave it out");

    private static readonly KnownNames RpcServices = KnownNames.Of(
        "RPC interface", RpcInterfaces.AllNames,
        "name one that 'portaudit flows' can name as a service, or write its UUID");

    private static readonly KnownNames Operations = KnownNames.Of(
        "sensitive operation", SensitiveOperations.Shipped.All.Select(operation => operation.Id),
        "docs/catalog.md lists them");

    /// <summary>One rule and where its identifier stands; null with a diagnostic if it has a fault.</summary>
    public (Rule Rule, TextPosition Position)? Read(YamlValue value)
    {
        if (Fields.Of(value, "a rule", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var title = fields.RequiredText("title");
        var from = Parties(fields.RequiredTexts("from"));
        var to = Parties(fields.RequiredTexts("to"));
        var transports = ReadTransports(fields, diagnostics);
        var (ports, parameter) = ReadPorts(fields, transports);
        var when = ReadWhen(fields.Optional("when"));
        var verdict = scope.Documents is null
            ? fields.Word("verdict", RuleWords.Verdicts, RuleVerdict.Allowed, diagnostics)
            : RuleVerdict.Allowed;
        var protocols = ReadProtocols(fields, diagnostics);
        var security = fields.Word("security", RuleWords.Securities, TransportSecurity.Any, diagnostics);
        var need = ReadNeed(fields, when, verdict);
        var via = ReadVia(fields);
        var rule = new Rule
        {
            Id = id?.Text ?? "",
            Catalog = scope.Catalog,
            Title = title?.Text ?? "",
            From = from,
            To = to,
            Transports = transports,
            Ports = ports,
            PortParameter = parameter,
            Protocols = protocols,
            Security = security,
            Need = need,
            When = when,
            AnnouncedBy = via.AnnouncedBy,
            Services = via.Services,
            Replies = fields.Word("replies", RuleWords.Replies, Replies.Expected, diagnostics),
            Period = fields.Word("period", RuleWords.Periods, Period.Continuous, diagnostics),
            Verdict = verdict,
            Source = scope.Documents is null ? null : fields.Source(scope.Documents, diagnostics),
            Note = fields.Note(),
            Operations = Checked(fields.OptionalTexts("operations"), Operations),
        };
        fields.Close();
        return id is null ? null : (rule, id.Position);
    }

    /// <summary>The transports of an entry; empty when the key is missing or a fault was noted.</summary>
    public static ImmutableArray<IpProtocol> ReadTransports(Fields fields, FileDiagnostics diagnostics) =>
        TransportsOf(fields.RequiredTexts("transport"), diagnostics);

    /// <summary>The transports of an entry; empty when the key is not there or a fault was noted.</summary>
    public static ImmutableArray<IpProtocol> ReadOptionalTransports(Fields fields, FileDiagnostics diagnostics) =>
        TransportsOf(fields.OptionalTexts("transport"), diagnostics);

    /// <summary>The protocols of an entry; empty with a diagnostic if the key is not there. Unknown ones are left
    /// out.</summary>
    public static ImmutableArray<string> ReadProtocols(Fields fields, FileDiagnostics diagnostics) =>
        Checked(fields.OptionalTexts("protocol"), Protocols, diagnostics);

    /// <summary>Services by the names that flows have. Those of RPC are compared with its register; unknown ones are
    /// skipped with a diagnostic.</summary>
    public static ImmutableArray<string> CheckServices(ImmutableArray<YamlText> services,
        ImmutableArray<string> protocols, FileDiagnostics diagnostics)
    {
        // Only RPC has a register of its services: instances of SQL Server are called as their owner likes.
        var hasRegister = protocols is [var only] && ProtocolRegistry.Find(only) is { HasInterfaces: true };
        return [.. services.Where(service => !hasRegister || IsRpcService(service, diagnostics))
            .Select(service => service.Text)];
    }

    private static ImmutableArray<IpProtocol> TransportsOf(ImmutableArray<YamlText> texts, FileDiagnostics diagnostics)
    {
        var transports = ImmutableArray.CreateBuilder<IpProtocol>();
        foreach (var text in texts)
        {
            if (IpProtocol.TryParse(text.Text, out var transport))
                transports.Add(transport);
            else
                diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is not a transport",
                    "use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255");
        }

        return transports.ToImmutable();
    }

    private ImmutableArray<string> Parties(ImmutableArray<YamlText> names) => scope.PartyOf is { } read
        ? [.. names.Select(read).OfType<string>()]
        : Checked(names, scope.Parties);

    private ImmutableArray<string> Checked(ImmutableArray<YamlText> names, KnownNames known) =>
        Checked(names, known, diagnostics);

    private static ImmutableArray<string> Checked(ImmutableArray<YamlText> names, KnownNames known,
        FileDiagnostics diagnostics) =>
        [.. names.Where(name => known.Check(name, diagnostics)).Select(name => name.Text)];

    private (ImmutableArray<PortRange> Ports, string? Parameter) ReadPorts(Fields fields,
        ImmutableArray<IpProtocol> transports)
    {
        var value = fields.Optional("ports");
        var hasPorts = transports.Any(transport => transport.HasPorts);
        if (value is null)
        {
            if (hasPorts)
                fields.Miss("ports");
            return ([], null);
        }

        if (!hasPorts && !transports.IsEmpty)
            diagnostics.Error(value.Position, $"{string.Join(" and ", transports)} has no ports", "remove 'ports'");
        if (value is not YamlMap)
            return (PortsReader.Read(value, diagnostics), null);
        var reference = Fields.Of(value, "a reference to ports", diagnostics)!;
        var parameter = reference.RequiredText("parameter");
        reference.Close();
        return ([], parameter is not null && scope.Parameters.Check(parameter, diagnostics) ? parameter.Text : null);
    }

    private Applicability ReadWhen(YamlValue? value)
    {
        switch (value)
        {
            case null:
                return Applicability.Always;
            case YamlMap:
                var choice = Fields.Of(value, "a choice of conditions", diagnostics)!;
                var conditions = Checked(choice.RequiredTexts("any-of"), scope.Conditions);
                choice.Close();
                return new Applicability(conditions, AnyOf: true);
            case YamlList list:
                return new Applicability(Checked(Names(list.Items), scope.Conditions), AnyOf: false);
            default:
                return new Applicability(Checked(Names([value]), scope.Conditions), AnyOf: false);
        }
    }

    private ImmutableArray<YamlText> Names(ImmutableArray<YamlValue> values)
    {
        foreach (var value in values.Where(value => value is not YamlText))
        {
            diagnostics.Error(
                value.Position,
                $"the name of a condition is expected, this is {value.Kind}",
                "write when: [a, b] for all of them, when: {any-of: [a, b]} for one of them");
        }

        return [.. values.OfType<YamlText>()];
    }

    private Need ReadNeed(Fields fields, Applicability when, RuleVerdict verdict)
    {
        var text = scope.Documents is null ? fields.OptionalText("need") : fields.RequiredText("need");
        var need = text is null ? Need.Optional : RuleWords.Needs.Read(text, diagnostics) ?? Need.Optional;
        var namesNone = when.Conditions.IsEmpty && fields.Optional("when") is null or YamlList { Items.IsEmpty: true };
        if (need == Need.Conditional && namesNone)
            diagnostics.Error(text!.Position, "a conditional need asks for 'when'",
                "name the condition, or write need: required");
        if (verdict == RuleVerdict.Forbidden && need is Need.Required or Need.Conditional)
            diagnostics.Error(text!.Position, "a forbidden flow cannot be needed", "remove 'need' or 'verdict'");
        return need;
    }

    private (ImmutableArray<string> AnnouncedBy, ImmutableArray<string> Services) ReadVia(Fields fields)
    {
        switch (fields.Optional("via"))
        {
            case null or YamlText { Text: "direct" }:
                return ([], []);
            case YamlMap map:
                var via = Fields.Of(map, "a way", diagnostics)!;
                var protocols = Checked(via.RequiredTexts("announced-by"), Protocols);
                var services = ReadServices(via, protocols);
                via.Close();
                return (protocols, services);
            case var other:
                diagnostics.Error(other.Position, "'via' of a rule is neither direct nor announced",
                    "write direct or {announced-by: [dcerpc]}");
                return ([], []);
        }
    }

    private ImmutableArray<string> ReadServices(Fields via, ImmutableArray<string> announcers) =>
        via.Optional("services") is null ? [] : CheckServices(via.RequiredTexts("services"), announcers, diagnostics);

    private static bool IsRpcService(YamlText service, FileDiagnostics diagnostics)
    {
        if (!Guid.TryParseExact(service.Text, "D", out var uuid))
            return RpcServices.Check(service, diagnostics);
        if (RpcInterfaces.Find(uuid) is not { } name)
            return true;
        diagnostics.Error(service.Position, $"the RPC interface {Spelling.Quote(service.Text)} has a name",
            $"write {name}");
        return false;
    }
}
