using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Policies;
using PortAudit.Traffic.Wire;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit policy query</c>: what a firewall does with a packet, and by which rule.</summary>
internal sealed class PolicyQueryCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly PolicyOptions _policies = new();
    private readonly Argument<string> _path = new("FILE") { Description = "Configuration of a firewall." };
    private readonly Option<IpAddress?> _from = PacketOption.Address("--from", "Address of the sender.");
    private readonly Option<IpAddress?> _to = PacketOption.Address("--to", "Address of the receiver.");
    private readonly Option<IpProtocol?> _protocol = PacketOption.Protocol("--protocol");

    private readonly Option<int?> _port =
        PacketOption.Number("--port", "Port of the receiver; not known without it.", ushort.MaxValue);

    private readonly Option<int?> _sourcePort =
        PacketOption.Number("--source-port", "Port of the sender; not known without it.", ushort.MaxValue);

    private readonly Option<int?> _icmpType =
        PacketOption.Number("--icmp-type", "ICMP type; not known without it.", byte.MaxValue);

    private readonly Option<string> _state = new("--state")
    {
        Description = "State of the connection that the packet belongs to.",
        DefaultValueFactory = _ => PacketOption.States[0],
    };

    private readonly Option<string?> _list = new("--list")
    {
        Description = "Ask this list alone. Without it, all lists that the device applies to such packets.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _fromZone = new("--from-zone")
    {
        Description = "Zone or interface that the packet comes from. Without it, the one whose networks hold the "
            + "sender.",
        HelpName = "ZONE",
    };

    private readonly Option<string?> _toZone = new("--to-zone")
    {
        Description = "Zone or interface that the packet leaves by. Without it, the one whose networks hold the "
            + "receiver.",
        HelpName = "ZONE",
    };

    private readonly Option<string?> _hook = new("--hook")
    {
        Description = "forward for packets that pass through, input for those to the device itself, output for those "
            + "it sends. Without it, the first of these to which a list is applied.",
        HelpName = "HOOK",
    };

    private readonly Option<string?> _probes = new("--probes")
    {
        Description = $"Packets to ask about: CSV with the columns {string.Join(',', ProbeFile.Columns)}. Each is "
            + "answered with a row outcome,rule,line.",
        HelpName = "FILE",
    };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        _state.AcceptWords([.. PacketOption.States]);
        _hook.AcceptWords("forward", "input", "output");
        var command = new Command("query",
            "Says what a firewall does with a packet (permitted, dropped, rejected, or undecided where the file does "
                + "not say), by which rule and line. Example: 'portaudit policy query "
                + "captures/firewall/firewall.nft --from 203.0.113.5 --to 10.0.0.10 --protocol tcp --port 80'. "
                + "Exit codes: 0, 2 usage, 3 file missing, unreadable or of an unknown format, 70 internal error.")
        {
            _path, _from, _to, _protocol, _port, _sourcePort, _icmpType, _state, _list, _fromZone, _toZone, _hook,
            _probes, _policies.Format, _policies.Addresses,
        };
        command.Validators.Add(Validate);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        Option[] ofOne = [_from, _to, _protocol];
        if (result.GetResult(_probes) is null)
        {
            foreach (var option in ofOne.Where(option => result.GetResult(option) is null))
                result.AddError($"Name {option.Name}, or a file of packets with --probes.");
        }
        else if (ofOne.Concat([_port, _sourcePort, _icmpType]).Any(option => result.GetResult(option) is not null))
        {
            result.AddError("--probes names the packets; leave out the options of a single one.");
        }
    }

    private ExitCode Execute(ParseResult parsed)
    {
        var policy = _policies.Read(parsed, parsed.GetValue(_path)!, log);
        var probes = parsed.GetValue(_probes);
        var file = probes is null ? null : ProbeFile.TryOpen(probes, log);
        if (policy is null)
            return ExitCode.Input;
        if (!TryFind(parsed, policy, out var list))
            return ExitCode.Usage;
        _policies.WarnOfUnused(parsed, log);
        var evaluation = new PolicyEvaluation(policy);
        if (probes is not null)
            return file is null
                ? ExitCode.Input
                : Answer(file, probe => OfDevice(evaluation, list, Complete(parsed, policy, probe)));
        PolicyAnswerText.Write(OfDevice(evaluation, list, Complete(parsed, policy, Probe(parsed))),
            environment.Output);
        return ExitCode.Success;
    }

    private ExitCode Answer(ProbeFile file, Func<PolicyProbe, DeviceAnswer> answerOf)
    {
        PolicyProbeCsv.WriteHead(environment.Output);
        foreach (var probe in file.Read(log))
        {
            if (probe is not { } known)
                return ExitCode.Input;
            var answer = answerOf(known);
            PolicyProbeCsv.Write(answer.Outcome, answer.Rules.FirstOrDefault(), environment.Output);
        }

        return ExitCode.Success;
    }

    private static DeviceAnswer OfDevice(PolicyEvaluation evaluation, PolicyList? list, in PolicyProbe probe)
    {
        if (list is null)
            return evaluation.Evaluate(probe);
        var answer = evaluation.Evaluate(list, probe);
        return new DeviceAnswer(answer.Outcome, probe, [new ListAnswer(list, true, answer)], null);
    }

    private bool TryFind(ParseResult parsed, Policy policy, out PolicyList? list)
    {
        list = null;
        if (parsed.GetValue(_list) is { } name)
        {
            list = policy.Find(name);
            if (list is null)
                log.Error($"the file has no list '{name}'; "
                    + Spelling.Suggest(name, [.. policy.Lists.Select(known => known.Name)]));
            return list is not null;
        }

        if (policy.Lists.Any(known => !known.Bindings.IsEmpty))
            return true;
        if (policy.Lists is [var only])
            list = only;
        else
            log.Error("the file does not say where its lists are applied; name one with --list: "
                + string.Join(", ", policy.Lists.Select(known => known.Name)));
        return list is not null;
    }

    private PolicyProbe Probe(ParseResult parsed) => new(parsed.GetValue(_from)!.Value, parsed.GetValue(_to)!.Value,
        parsed.GetValue(_protocol)!.Value, (ushort?)parsed.GetValue(_sourcePort), (ushort?)parsed.GetValue(_port))
    {
        IcmpType = (byte?)parsed.GetValue(_icmpType),
        State = PacketOption.StateOf(parsed.GetValue(_state)!) ?? ConnectionStates.New,
    };

    private PolicyProbe Complete(ParseResult parsed, Policy policy, PolicyProbe probe) => probe with
    {
        FromZone = parsed.GetValue(_fromZone),
        ToZone = parsed.GetValue(_toZone),
        Hook = parsed.GetValue(_hook) switch
        {
            "forward" => PolicyHook.Forward,
            "input" => PolicyHook.Input,
            "output" => PolicyHook.Output,
            _ => FirstHook(policy),
        },
    };

    private static PolicyHook FirstHook(Policy policy) => policy.Lists.SelectMany(list => list.Bindings)
        .Select(binding => binding.Hook).DefaultIfEmpty(PolicyHook.Forward).Min();
}
