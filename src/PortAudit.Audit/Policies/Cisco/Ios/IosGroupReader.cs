using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads object groups ("Object Groups for ACLs" in the IOS security configuration guide), also as capirca
/// writes them.</summary>
/// <param name="device">Receives them.</param>
internal sealed class IosGroupReader(IosDevice device)
{
    private readonly PolicyDraft _draft = device.Draft;

    /// <summary>Reads <c>object-group KIND NAME</c> with its lines.</summary>
    public void Read(Statement statement)
    {
        var at = statement.Word(1).ToLowerInvariant() is "ip" or "ipv6" ? 2 : 1;
        var kind = statement.Word(at).ToLowerInvariant() switch
        {
            "network" or "address" => GroupKind.Network,
            "service" or "port" => GroupKind.Service,
            "protocol" => GroupKind.Protocol,
            _ => (GroupKind?)null,
        };
        at = statement.Word(at + 1).ToLowerInvariant() is "ipv4" or "ipv6" && statement.Word(at + 2).Length > 0
            ? at + 2
            : at + 1;
        var name = statement.Word(at);
        if (kind is not { } known || name.Length == 0 || device.Groups.Open(name, known) is not { } target)
        {
            var reason = kind is null
                ? $"unknown keyword '{ConfigurationText.Shown(statement.Rest(1))}'"
                : "a name is missing, or stands for a group of another kind";
            _draft.NotEvaluable(statement.Line, reason);
            foreach (var child in statement.Children)
                _draft.NotEvaluable(child.Line, reason);
            return;
        }

        _draft.Understood(statement.Line);
        foreach (var child in statement.Children)
        {
            _draft.Understood(child.Line);
            if (child.Keyword is "description" or "exit")
                continue;
            if ((child.IsCut ? "the line is cut" : ReadMember(child, target)) is not { } fault)
                continue;
            _draft.NotEvaluable(child.Line, fault);
            target.IsOpen = true;
        }
    }

    private string? ReadMember(Statement child, GroupDraft target)
    {
        var words = new WordCursor(child, 0);
        if (words.Take("group-object"))
        {
            target.Nested.Add((words.Next(), child.Line));
            return null;
        }

        return target.Kind switch
        {
            GroupKind.Network => ReadNetwork(words, target),
            GroupKind.Service => ReadService(words, target),
            GroupKind.Protocol => ReadProtocol(words, target),
            GroupKind.IcmpType or GroupKind.Identity => "unknown keyword",
        };
    }

    private string? ReadNetwork(WordCursor words, GroupDraft target)
    {
        words.Take("network-object");
        if (words.Take("any"))
        {
            target.Addresses.AddRange(AddressSet.AnyIpv4.Ranges);
            return null;
        }

        if (words.Take("host"))
            return AddHost(words.Next(), target);
        if (words.Take("range"))
            return AddRange(words.Next(), words.Next(), target);
        var word = words.Next();
        if (device.Names.TryParsePrefix(word, out var prefix))
        {
            target.Addresses.AddRange(AddressNames.SetOf(prefix).Ranges);
            return null;
        }

        if (words.IsAtEnd)
            return AddHost(word, target);
        var mask = words.Next();
        if (device.Names.TryParsePrefix(word + mask, out prefix))
            target.Addresses.AddRange(AddressNames.SetOf(prefix).Ranges);
        else if (device.Names.Masked(word, mask, isWildcard: false) is { } set)
            target.Addresses.AddRange(set.Ranges);
        else
            return $"unknown network '{ConfigurationText.Shown($"{word} {mask}")}'";
        return null;
    }

    private string? AddHost(string word, GroupDraft target)
    {
        if (!device.Names.TryParse(word, out var address))
            return $"unknown host '{ConfigurationText.Shown(word)}'";
        target.Addresses.AddRange(AddressSet.Of(address).Ranges);
        return null;
    }

    private string? AddRange(string first, string last, GroupDraft target)
    {
        if (!device.Names.TryParse(first, out var low) || !device.Names.TryParse(last, out var high)
            || low.IsIpv4 != high.IsIpv4 || low.CompareTo(high) > 0)
            return $"unknown range '{ConfigurationText.Shown($"{first} {last}")}'";
        target.Addresses.AddRange(AddressSet.Of(low, high).Ranges);
        return null;
    }

    private static string? ReadService(WordCursor words, GroupDraft target)
    {
        if (PortOperand.IsOperator(words.Keyword))
        {
            var operand = PortOperand.Read(words, hasSeveral: true);
            target.Ports.AddRange(operand.Ports.Ranges);
            return operand.Fault;
        }

        var (service, fault) = IosServiceReader.ReadMember(words);
        if (service is not null)
            target.Services.Add(service);
        return fault;
    }

    private static string? ReadProtocol(WordCursor words, GroupDraft target)
    {
        words.Take("protocol-object");
        if (!ProtocolNames.TryParse(words.Next(), out var protocols))
            return "unknown protocol";
        target.Numbers.AddRange(protocols.Ranges);
        return null;
    }
}
