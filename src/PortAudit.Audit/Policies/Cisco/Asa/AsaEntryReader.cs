using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads the entries of access lists ("access-list extended" and "access-list standard" in the ASA command
/// reference).</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class AsaEntryReader(AsaDevice device)
{
    private readonly AsaAddressReader _addresses = new(device);
    private readonly Dictionary<GroupContent, ImmutableArray<ServiceMatch>> _services =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads an entry.</summary>
    /// <param name="statement">The line.</param>
    /// <param name="words">Stands at the word behind <c>extended</c> or <c>standard</c>.</param>
    /// <param name="isStandard">True for a standard list, whose addresses are destinations.</param>
    public EntryDraft Read(Statement statement, WordCursor words, bool isStandard)
    {
        var entry = new EntryDraft(statement.Line) { Action = Action(words.Next()) };
        if (entry.Action is null)
            entry.FailWhole("neither permit nor deny");
        else if (statement.IsCut)
            entry.FailWhole("the line is cut");
        else if (isStandard)
            entry.Destination = words.Keyword == "host" || !words.Keyword.Contains('.', StringComparison.Ordinal)
                || statement.Words.Length > words.Position + 1
                ? _addresses.Read(words, entry)
                : ReadBareHost(words, entry);
        else
            ReadExtended(words, entry);
        if (entry.Action is not null && !statement.IsCut)
            ReadOptions(words, entry);
        return entry;
    }

    private static PolicyAction? Action(string word) => word.ToLowerInvariant() switch
    {
        "permit" => PolicyAction.Permit,
        "deny" => PolicyAction.Drop,
        _ => null,
    };

    private AddressMatch ReadBareHost(WordCursor words, EntryDraft entry)
    {
        if (device.Names.TryParse(words.Next(), out var address))
            return new AddressMatch(AddressSet.Of(address));
        entry.Fail("unknown address");
        return new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true);
    }

    private void ReadExtended(WordCursor words, EntryDraft entry)
    {
        var services = ReadProtocol(words, entry);
        ReadIdentity(words, entry);
        entry.Source = _addresses.Read(words, entry);
        var sourcePorts = ReadPorts(words, entry, isSource: true);
        ReadIdentity(words, entry);
        entry.Destination = _addresses.Read(words, entry);
        if (services is [var only] && AsaServiceReader.IsIcmp(only.Protocols) && !IsOption(words))
        {
            entry.Services = ReadIcmp(words, entry, only);
            return;
        }

        var ports = ReadPorts(words, entry, isSource: false);
        if (sourcePorts is null && ports is null)
        {
            entry.Services = services;
            return;
        }

        if (services.Length > 1)
        {
            entry.Services = services;
            entry.Fail(ConditionKind.Other, "ports", "ports and a group of services in one entry");
            return;
        }

        entry.Services =
        [
            .. services.Select(service => service with
            {
                SourcePorts = sourcePorts?.Set ?? service.SourcePorts,
                DestinationPorts = ports?.Set ?? service.DestinationPorts,
                IsOpen = service.IsOpen || sourcePorts is { IsOpen: true } || ports is { IsOpen: true },
            }),
        ];
    }

    /// <summary>Takes a protocol, or a service object, service group or protocol group in its place.</summary>
    private ImmutableArray<ServiceMatch> ReadProtocol(WordCursor words, EntryDraft entry)
    {
        var word = words.Next();
        if (word.ToLowerInvariant() is "object" or "object-group")
        {
            var name = words.Next();
            if (device.Groups.Find(name) is { Kind: GroupKind.Service or GroupKind.Protocol } group)
            {
                if (group.IsOpen)
                    entry.Fail($"a part of '{ConfigurationText.Shown(name)}' is not evaluated");
                return ServicesOf(group);
            }

            if (AsaServiceReader.BuiltIn(name) is { } service)
                return [service];
            entry.Fail($"the service '{ConfigurationText.Shown(name)}' is not defined");
            return [ServiceMatch.Unknown];
        }

        if (ProtocolNames.TryParse(word, out var protocols))
            return [ServiceMatch.OfProtocols(protocols)];
        entry.Fail($"unknown protocol '{ConfigurationText.Shown(word)}'");
        return [ServiceMatch.Unknown];
    }

    /// <summary>The services of a group, which all entries that name it share.</summary>
    private ImmutableArray<ServiceMatch> ServicesOf(GroupContent group)
    {
        if (!_services.TryGetValue(group, out var services))
        {
            services = AsaServiceReader.OfGroup(group);
            if (services.IsEmpty)
                services = [ServiceMatch.OfProtocols(IntervalSet.Empty<byte>())];
            _services.Add(group, services);
        }

        return services;
    }

    /// <summary>Takes users, user groups and security groups, which stand before an address.</summary>
    private static void ReadIdentity(WordCursor words, EntryDraft entry)
    {
        while (words.Keyword is "user" or "user-group" or "object-group-user" or "security-group"
            or "object-group-security")
        {
            var kind = words.Next();
            var text = kind.Equals("security-group", StringComparison.OrdinalIgnoreCase)
                ? $"{kind} {words.Next()} {words.Next()}"
                : $"{kind} {words.Next()}";
            entry.Fail(ConditionKind.User, text, "users and security groups are not evaluated");
        }
    }

    /// <summary>Takes an operator with ports, or a service group in their place. A group that is not defined is taken
    /// for ports when an address follows it.</summary>
    private (IntervalSet<ushort> Set, bool IsOpen)? ReadPorts(WordCursor words, EntryDraft entry, bool isSource)
    {
        if (PortOperand.IsOperator(words.Keyword))
        {
            var operand = PortOperand.Read(words, hasSeveral: false);
            if (operand.Fault is null)
                return (operand.Ports, false);
            entry.Fail(ConditionKind.Other, operand.Fault, operand.Fault);
            return null;
        }

        if (words.Keyword is not ("object-group" or "object"))
            return null;
        var name = words.KeywordAhead(1).Length > 0 ? Second(words) : "";
        var kind = device.Groups.KindOf(name);
        if (kind == GroupKind.Network || (kind is null && isSource && !IsAddress(words.KeywordAhead(2))))
            return null;
        words.Position += 2;
        if (kind != GroupKind.Service || device.Groups.Find(name) is not { } group)
        {
            entry.Fail(ConditionKind.Other, name, $"the ports of '{ConfigurationText.Shown(name)}' are not defined");
            return null;
        }

        if (group.IsOpen)
            entry.Fail($"a part of '{ConfigurationText.Shown(name)}' is not evaluated");
        return (group.Ports, group.IsOpen);
    }

    private static string Second(WordCursor words)
    {
        words.Position++;
        var second = words.Peek;
        words.Position--;
        return second;
    }

    private static bool IsAddress(string keyword) => keyword is "any" or "any4" or "any6" or "host" or "interface"
        or "object" or "object-group" or "security-group" or "object-group-security"
        || (keyword.Length > 0 && (char.IsAsciiDigit(keyword[0]) || keyword.Contains(':', StringComparison.Ordinal)));

    private static bool IsOption(WordCursor words) => words.IsAtEnd || words.Keyword is "log" or "inactive"
        or "time-range" or "established" || words.Keyword[0] == '(';

    private ImmutableArray<ServiceMatch> ReadIcmp(WordCursor words, EntryDraft entry, ServiceMatch service)
    {
        if (words.Take("object-group"))
        {
            var name = words.Next();
            if (device.Groups.Find(name) is { Kind: GroupKind.IcmpType } group)
            {
                if (group.IsOpen)
                    entry.Fail($"a part of '{ConfigurationText.Shown(name)}' is not evaluated");
                return [service with { IcmpTypes = group.Numbers, IsOpen = group.IsOpen }];
            }

            entry.Fail(ConditionKind.Other, name,
                $"the ICMP types '{ConfigurationText.Shown(name)}' are not defined");
            return [service];
        }

        if (AsaServiceReader.ReadIcmp(words, ref service) is not { } fault)
            return [service];
        entry.Fail(ConditionKind.Other, words.Next(), fault);
        return [service];
    }

    /// <summary>Takes what follows the destination: switched off, logged, at times, and the counter and hash of
    /// <c>show access-list</c>.</summary>
    private void ReadOptions(WordCursor words, EntryDraft entry)
    {
        while (!words.IsAtEnd)
        {
            var word = words.Next();
            switch (word.ToLowerInvariant())
            {
                case "log":
                    SkipLog(words);
                    break;
                case "inactive":
                    entry.IsEnabled = false;
                    break;
                case "(inactive)":
                    break;
                case "time-range":
                    device.TimeRanges.Apply(entry, words.Next());
                    break;
                case "established":
                    // Not a word of the ASA; capirca writes it for packets with ACK or RST.
                    entry.States = ConnectionStates.All & ~ConnectionStates.New;
                    break;
                case "rule-id":
                    words.Next();
                    break;
                default:
                    if (!TakeCounter(word, entry))
                        entry.Fail(ConditionKind.Other, word, $"unknown keyword '{ConfigurationText.Shown(word)}'");
                    break;
            }
        }
    }

    /// <summary>Takes <c>(hitcnt=N)</c>, a hash, or the number of elements.</summary>
    private static bool TakeCounter(string word, EntryDraft entry)
    {
        const string Counter = "(hitcnt=";
        if (word.StartsWith(Counter, StringComparison.OrdinalIgnoreCase) && word.EndsWith(')')
            && long.TryParse(word.AsSpan(Counter.Length, word.Length - Counter.Length - 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out var hits))
        {
            entry.Hits = hits;
            return true;
        }

        return word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }

    private static void SkipLog(WordCursor words)
    {
        while (words.Keyword is "disable" or "default" or "interval" or "emergencies" or "alerts" or "critical"
            or "errors" or "warnings" or "notifications" or "informational" or "debugging"
            || (words.Keyword.Length > 0 && words.Keyword.All(char.IsAsciiDigit)))
            words.Next();
    }
}
