using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>The kind of an access list of IOS.</summary>
internal enum IosListKind
{
    /// <summary>Sources of IPv4.</summary>
    Standard,

    /// <summary>IPv4.</summary>
    Extended,

    /// <summary>IPv6.</summary>
    Version6,
}

/// <summary>Reads the entries of access lists ("access-list (IP extended)", "permit (IP)" and "permit (IPv6)" in the
/// IOS security and IPv6 command references).</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class IosEntryReader(IosDevice device)
{
    private readonly IosAddressReader _addresses = new(device);
    private readonly IosOptionReader _options = new(device);
    private readonly Dictionary<GroupContent, ImmutableArray<ServiceMatch>> _services =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads an entry.</summary>
    /// <param name="statement">The line.</param>
    /// <param name="words">Stands at <c>permit</c> or <c>deny</c>.</param>
    /// <param name="kind">Kind of the list.</param>
    public EntryDraft Read(Statement statement, WordCursor words, IosListKind kind)
    {
        var entry = new EntryDraft(statement.Line);
        if (words.Take("dynamic"))
            ReadDynamic(words, entry);
        if (words.Take("evaluate"))
            return Evaluate(words, entry);
        entry.Action = words.Keyword switch
        {
            "permit" => PolicyAction.Permit,
            "deny" => PolicyAction.Drop,
            _ => null,
        };
        if (entry.Action is null)
            entry.FailWhole($"unknown keyword '{ConfigurationText.Shown(words.Peek)}'");
        else if (statement.IsCut)
            entry.FailWhole("the line is cut");
        if (entry.Fault is not null && entry.Action is null || statement.IsCut)
            return entry;
        words.Next();
        switch (kind)
        {
            case IosListKind.Standard:
                entry.Source = _addresses.ReadStandard(words, entry);
                break;
            case IosListKind.Extended:
                ReadExtended(words, entry, isVersion6: false);
                break;
            case IosListKind.Version6:
                ReadExtended(words, entry, isVersion6: true);
                break;
        }

        _options.Read(words, entry);
        return entry;
    }

    private static void ReadDynamic(WordCursor words, EntryDraft entry)
    {
        var name = words.Next();
        if (words.Take("timeout"))
            words.Next();
        entry.Fail(ConditionKind.User, $"dynamic {name}", "entries of users who log in are made at run time");
    }

    /// <summary>The entries of a reflexive list let replies pass to what another list permitted.</summary>
    private static EntryDraft Evaluate(WordCursor words, EntryDraft entry)
    {
        entry.Action = PolicyAction.Permit;
        entry.States = ConnectionStates.Established | ConnectionStates.Related;
        entry.Fail(ConditionKind.Other, $"evaluate {words.Next()}", "entries of a reflexive list are made at run time");
        return entry;
    }

    private void ReadExtended(WordCursor words, EntryDraft entry, bool isVersion6)
    {
        var services = ReadProtocol(words, entry, isVersion6);
        entry.Source = _addresses.Read(words, entry, isVersion6);
        var sourcePorts = ReadPorts(words, entry);
        entry.Destination = _addresses.Read(words, entry, isVersion6);
        var ports = ReadPorts(words, entry);
        entry.Services = services;
        if (services is not [var only])
        {
            if (sourcePorts is not null || ports is not null)
                entry.Fail(ConditionKind.Other, "ports", "ports and a group of services in one entry");
            return;
        }

        if (IosServiceReader.IsIcmp(only.Protocols))
            entry.Services = [IosServiceReader.ReadIcmp(words, only)];
        else if (sourcePorts is not null || ports is not null)
            entry.Services =
            [
                only with
                {
                    SourcePorts = sourcePorts ?? only.SourcePorts,
                    DestinationPorts = ports ?? only.DestinationPorts,
                },
            ];
    }

    private ImmutableArray<ServiceMatch> ReadProtocol(WordCursor words, EntryDraft entry, bool isVersion6)
    {
        var word = words.Next();
        if (word.Equals("object-group", StringComparison.OrdinalIgnoreCase))
            return ReadGroup(words.Next(), entry);
        if (isVersion6 && word.Equals("hbh", StringComparison.OrdinalIgnoreCase))
        {
            entry.Fail(ConditionKind.Header, word, "headers of options are not evaluated");
            return [ServiceMatch.Any];
        }

        if (IosServiceReader.TryReadProtocol(word, isVersion6, out var protocols))
            return [ServiceMatch.OfProtocols(protocols)];
        entry.Fail($"unknown protocol '{ConfigurationText.Shown(word)}'");
        return [ServiceMatch.Unknown];
    }

    private ImmutableArray<ServiceMatch> ReadGroup(string name, EntryDraft entry)
    {
        var shown = ConfigurationText.Shown(name);
        if (device.Groups.Find(name) is not { Kind: GroupKind.Service or GroupKind.Protocol } group)
        {
            entry.Fail($"the service '{shown}' is not defined");
            return [ServiceMatch.Unknown];
        }

        if (group.IsOpen)
            entry.Fail($"a part of '{shown}' is not evaluated");
        if (!_services.TryGetValue(group, out var services))
        {
            services = group.Kind == GroupKind.Protocol
                ? [ServiceMatch.OfProtocols(group.Numbers)]
                : group.Services;
            if (group.IsOpen)
                services = services.Add(ServiceMatch.Unknown);
            if (services.IsEmpty)
                services = [ServiceMatch.OfProtocols(IntervalSet.Empty<byte>())];
            _services.Add(group, services);
        }

        return services;
    }

    /// <summary>Takes an operator with ports, or a group of ports.</summary>
    private IntervalSet<ushort>? ReadPorts(WordCursor words, EntryDraft entry)
    {
        if (PortOperand.IsOperator(words.Keyword))
        {
            var operand = PortOperand.Read(words, hasSeveral: true);
            if (operand.Fault is null)
                return operand.Ports;
            entry.Fail(ConditionKind.Other, operand.Fault, operand.Fault);
            return null;
        }

        if (!words.Take("portgroup") && !words.Take("port-group"))
            return null;
        var name = words.Next();
        if (device.Groups.Find(name) is { Kind: GroupKind.Service, IsOpen: false } group)
            return group.Ports;
        entry.Fail(ConditionKind.Other, name, $"the ports of '{ConfigurationText.Shown(name)}' are not defined");
        return null;
    }
}
