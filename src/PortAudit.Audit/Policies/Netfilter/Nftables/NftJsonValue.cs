using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads expressions of the JSON form (libnftables-json(5), "Expressions").</summary>
internal static class NftJsonValue
{
    /// <summary>What a comparison compares; null when it is none that has a name.</summary>
    public static ImmutableArray<string>? Fields(JsonElement left)
    {
        if (NftJson.Get(left, "concat") is not { } parts)
            return Field(left) is { } single ? [single] : null;
        var fields = ImmutableArray.CreateBuilder<string>();
        foreach (var part in NftJson.Items(parts))
        {
            if (Field(part) is not { } field)
                return null;
            fields.Add(field);
        }

        return fields.ToImmutable();
    }

    /// <summary>A value.</summary>
    public static NftValue Value(JsonElement item)
    {
        if (NftJson.Text(item) is { } text)
            return text is ['@', .. var name] ? new NftNamed(name) : new NftWord(text);
        if (item.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return new NftWord(item.ValueKind == JsonValueKind.True ? "exists" : "missing");
        if (item.ValueKind == JsonValueKind.Array)
            return Many(item, isFlags: true);
        if (NftJson.First(item) is not { } property)
            return new NftOpaque("a value is missing");
        switch (property.Name)
        {
            case "set":
                return Many(property.Value, isFlags: false);
            case "|":
                return Many(property.Value, isFlags: true);
            case "range" when property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() == 2
                && NftJson.Text(property.Value[0]) is { } first && NftJson.Text(property.Value[1]) is { } last:
                return new NftRange(first, last);
            case "prefix" when NftJson.Text(property.Value, "addr") is { } address
                && NftJson.Number(property.Value, "len") is { } length:
                return new NftWord(string.Create(CultureInfo.InvariantCulture, $"{address}/{length}"));
            case "concat":
                return new NftTuple([.. NftJson.Items(property.Value).Select(Value)]);
            case "elem":
                return NftJson.Get(property.Value, "val") is { } value
                    ? Value(value) : new NftOpaque("an element without a value");
            default:
                return new NftOpaque($"the expression '{ConfigurationText.Shown(property.Name)}' is not read");
        }
    }

    /// <summary>Elements of a set, or of a map with verdicts.</summary>
    public static IEnumerable<NftElement> Elements(JsonElement? items)
    {
        foreach (var item in NftJson.Items(items))
        {
            if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2)
                yield return new NftElement(Value(item[0]), Verdict(item[1]));
            else
                yield return new NftElement(Value(item));
        }
    }

    /// <summary>A verdict; null when it is none.</summary>
    public static NftVerdict? Verdict(JsonElement item)
    {
        if (NftJson.First(item) is not { } property)
            return null;
        return property.Name switch
        {
            "accept" or "drop" or "continue" or "return" => NftVerdicts.Simple(property.Name),
            "reject" => NftVerdicts.Reject,
            "queue" => NftVerdicts.Queue,
            "jump" => new NftVerdict(PolicyAction.Jump, NftJson.Text(property.Value, "target") ?? ""),
            "goto" => new NftVerdict(PolicyAction.Goto, NftJson.Text(property.Value, "target") ?? ""),
            _ => null,
        };
    }

    private static NftMany Many(JsonElement items, bool isFlags)
    {
        var elements = ImmutableArray.CreateBuilder<NftElement>();
        foreach (var element in isFlags ? NftJson.Items(items)
            .Select(item => new NftElement(Value(item))) : Elements(items))
        {
            // Bits may be nested: {"|": [{"|": ["fin", "syn"]}, "rst"]}.
            if (element.Key is NftMany inner)
                elements.AddRange(inner.Elements);
            else
                elements.Add(element);
        }

        return new NftMany(elements.ToImmutable(), isFlags);
    }

    private static string? Field(JsonElement item)
    {
        if (NftJson.First(item) is not { } property)
            return null;
        var value = property.Value;
        switch (property.Name)
        {
            case "payload" when NftJson.Text(value, "protocol") is { } protocol:
                return $"{protocol} {NftJson.Text(value, "field")}";
            case "payload":
                return $"@{NftJson.Text(value, "base")},{NftJson.Text(value, "offset")},{NftJson.Text(value, "len")}";
            case "meta":
                return $"meta {NftJson.Text(value, "key")}";
            case "ct":
                var direction = NftJson.Text(value, "dir");
                return $"ct {(direction is null ? "" : $"{direction} ")}{NftJson.Text(value, "key")}";
            case "fib":
                var flags = NftJson.Items(NftJson.Get(value, "flags")).Select(flag => NftJson.Text(flag));
                return $"fib {string.Join('.', flags)} {NftJson.Text(value, "result")}";
            case "tcp option" or "ip option" or "sctp chunk" or "exthdr":
                return $"{property.Name} {NftJson.Text(value, "name")} {NftJson.Text(value, "field")}".TrimEnd();
            case "socket" or "rt" or "ipsec":
                return $"{property.Name} {NftJson.Text(value, "key")}";
            case "osf" or "numgen" or "jhash" or "symhash":
                return property.Name;
            default:
                return null;
        }
    }
}
