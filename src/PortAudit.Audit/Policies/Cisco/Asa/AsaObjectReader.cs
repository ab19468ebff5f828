using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads objects and object groups ("object network", "object service", "object-group" in the ASA command
/// reference).</summary>
/// <param name="device">Receives them.</param>
internal sealed class AsaObjectReader(AsaDevice device)
{
    private readonly PolicyDraft _draft = device.Draft;

    /// <summary>Reads <c>object network NAME</c> or <c>object service NAME</c> with its lines.</summary>
    public void ReadObject(Statement statement)
    {
        var kind = statement.Word(1).ToLowerInvariant() switch
        {
            "network" => GroupKind.Network,
            "service" => GroupKind.Service,
            _ => (GroupKind?)null,
        };
        if (Open(statement, kind, 2) is not { } target)
            return;
        foreach (var child in statement.Children)
        {
            if (IsTranslation(child) || IsAside(child))
                continue;
            var words = new WordCursor(child, 0);
            var fault = child.IsCut ? "the line is cut"
                : kind == GroupKind.Network ? ReadNetwork(child, words, target) : ReadService(words, target);
            Note(child, target, fault);
        }
    }

    /// <summary>Reads <c>object-group KIND NAME [PROTOCOL]</c> with its lines.</summary>
    public void ReadGroup(Statement statement)
    {
        // One published parser also takes "object-group group KIND".
        var at = statement.Has(1, "group") ? 2 : 1;
        var kind = statement.Word(at).ToLowerInvariant() switch
        {
            "network" => GroupKind.Network,
            "service" => GroupKind.Service,
            "protocol" => GroupKind.Protocol,
            "icmp-type" => GroupKind.IcmpType,
            "user" or "security" => GroupKind.Identity,
            _ => (GroupKind?)null,
        };
        if (Open(statement, kind, at + 1) is not { } target)
            return;
        foreach (var child in statement.Children)
        {
            if (IsAside(child))
                continue;
            Note(child, target, child.IsCut ? "the line is cut" : ReadMember(child, target));
        }
    }

    private static bool IsTranslation(Statement child) => child.Keyword == "nat";

    private bool IsAside(Statement child)
    {
        if (child.Keyword != "description")
            return false;
        _draft.Understood(child.Line);
        return true;
    }

    private GroupDraft? Open(Statement statement, GroupKind? kind, int at)
    {
        var name = statement.Word(at);
        if (kind is { } known && name.Length > 0 && device.Groups.Open(name, known) is { } target)
        {
            _draft.Understood(statement.Line);
            return target;
        }

        var reason = kind is null
            ? $"unknown keyword '{ConfigurationText.Shown(statement.Word(at - 1))}'"
            : name.Length == 0 ? "a name is missing" : "the name stands for an object of another kind";
        _draft.NotEvaluable(statement.Line, reason);
        foreach (var child in statement.Children)
            _draft.NotEvaluable(child.Line, reason);
        return null;
    }

    private void Note(Statement child, GroupDraft target, string? fault)
    {
        if (fault is null)
        {
            _draft.Understood(child.Line);
            return;
        }

        _draft.NotEvaluable(child.Line, fault);
        target.IsOpen = true;
    }

    private string? ReadNetwork(Statement child, WordCursor words, GroupDraft target)
    {
        switch (words.Next().ToLowerInvariant())
        {
            case "host":
                return AddHost(words.Next(), target);
            case "subnet":
                return AddNetwork(words.Next(), words.Next(), target);
            case "range":
                return AddRange(words.Next(), words.Next(), target);
            case "fqdn":
                return AddName(child.Word(child.Words.Length - 1), target);
            default:
                return $"unknown keyword '{ConfigurationText.Shown(child.Word(0))}'";
        }
    }

    private string? AddName(string name, GroupDraft target)
    {
        if (_draft.Text.Known.Find(name) is not { } set)
            return "names of hosts are resolved by the device";
        target.Addresses.AddRange(set.Ranges);
        return null;
    }

    private string? AddHost(string word, GroupDraft target)
    {
        if (!device.Names.TryParse(word, out var address))
            return $"unknown host '{ConfigurationText.Shown(word)}'";
        target.Addresses.AddRange(AddressSet.Of(address).Ranges);
        return null;
    }

    private string? AddNetwork(string word, string mask, GroupDraft target)
    {
        if (device.Names.TryParsePrefix(word, out var prefix))
        {
            target.Addresses.AddRange(AddressNames.SetOf(prefix).Ranges);
            return null;
        }

        if (device.Names.Masked(word, mask, isWildcard: false) is not { } set)
            return $"unknown network '{ConfigurationText.Shown($"{word} {mask}")}'";
        target.Addresses.AddRange(set.Ranges);
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
        if (!words.Take("service"))
            return $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'";
        return AddService(words, target);
    }

    private static string? AddService(WordCursor words, GroupDraft target)
    {
        var (service, fault) = AsaServiceReader.Read(words);
        if (service is not null)
            target.Services.Add(service);
        return fault;
    }

    private string? ReadMember(Statement child, GroupDraft target)
    {
        var words = new WordCursor(child, 0);
        switch ((words.Next().ToLowerInvariant(), target.Kind))
        {
            case ("group-object", _):
                target.Nested.Add((words.Next(), child.Line));
                return null;
            case (_, GroupKind.Identity):
                return "users and security groups are not evaluated";
            case ("network-object", GroupKind.Network):
                return ReadNetworkMember(child, words, target);
            case ("service-object", GroupKind.Service):
                return ReadServiceMember(child, words, target);
            case ("port-object", GroupKind.Service):
                return AddPorts(words, target);
            case ("protocol-object", GroupKind.Protocol):
                return AddProtocol(words.Next(), target);
            case ("icmp-object", GroupKind.IcmpType):
                return AddIcmp(words.Next(), target);
            default:
                return $"unknown keyword '{ConfigurationText.Shown(child.Word(0))}'";
        }
    }

    private string? ReadNetworkMember(Statement child, WordCursor words, GroupDraft target)
    {
        switch (words.Keyword)
        {
            case "object":
                target.Nested.Add((child.Word(2), child.Line));
                return null;
            case "host":
                return AddHost(child.Word(2), target);
            default:
                return AddNetwork(words.Next(), words.Next(), target);
        }
    }

    private string? ReadServiceMember(Statement child, WordCursor words, GroupDraft target)
    {
        if (!words.Take("object"))
            return AddService(words, target);
        var name = words.Next();
        if (device.Groups.KindOf(name) is null && AsaServiceReader.BuiltIn(name) is { } service)
            target.Services.Add(service);
        else
            target.Nested.Add((name, child.Line));
        return null;
    }

    private static string? AddPorts(WordCursor words, GroupDraft target)
    {
        if (!PortOperand.IsOperator(words.Keyword))
            return $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'";
        var operand = PortOperand.Read(words, hasSeveral: false);
        target.Ports.AddRange(operand.Ports.Ranges);
        return operand.Fault;
    }

    private static string? AddProtocol(string word, GroupDraft target)
    {
        if (!ProtocolNames.TryParse(word, out var protocols))
            return $"unknown protocol '{ConfigurationText.Shown(word)}'";
        target.Numbers.AddRange(protocols.Ranges);
        return null;
    }

    private static string? AddIcmp(string word, GroupDraft target)
    {
        if (!IcmpNames.TryParse(word, isVersion6: false, out var message))
            return $"unknown ICMP type '{ConfigurationText.Shown(word)}'";
        target.Numbers.Add(new Interval<byte>(message.Type, message.Type));
        return null;
    }
}
