using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads what a comparison of the text form compares.</summary>
/// <param name="cursor">The tokens.</param>
internal sealed class NftFieldParser(NftCursor cursor)
{
    /// <summary>Reads a field, or several with dots between them; null when none is next.</summary>
    public ImmutableArray<string>? Read()
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (ReadOne() is not { } field)
                return null;
            fields.Add(field);
        }
        while (cursor.TakeWord("."));
        return fields.ToImmutable();
    }

    private string? ReadOne()
    {
        if (cursor.Next.Kind != NftTokenKind.Word)
            return null;
        var word = cursor.Next.Text;
        if (NftFields.IsMeta(word))
            return $"meta {cursor.Take().Text}";
        if (word.StartsWith('@') && word.Contains(',', StringComparison.Ordinal))
            return cursor.Take().Text;
        if (word is "meta")
        {
            cursor.Take();
            return cursor.TakeText() is { } key ? $"meta {key}" : null;
        }

        if (word is "ct")
            return Connection();
        if (word is "fib")
            return Route();
        if (word is "tcp" or "ip" or "sctp" && cursor.Second.IsWord(word == "sctp" ? "chunk" : "option"))
        {
            cursor.Take();
            cursor.Take();
            var option = cursor.TakeText();
            var part = cursor.Next.Kind == NftTokenKind.Word && !cursor.Next.IsWord("exists")
                && !cursor.Next.IsWord("missing")
                ? cursor.Take().Text
                : "";
            return $"{word} option {option} {part}".TrimEnd();
        }

        if (NftFields.IsHeader(word))
        {
            cursor.Take();
            return cursor.TakeText() is { } part ? $"{word} {part}" : null;
        }

        if (word is "socket" or "rt" or "exthdr" or "osf" or "ipsec")
        {
            cursor.Take();
            return $"{word} {cursor.TakeText()}";
        }

        return null;
    }

    /// <summary><c>ct [original|reply] KEY</c>; tuples have a family before the key.</summary>
    private string? Connection()
    {
        cursor.Take();
        var name = "ct";
        if (cursor.Next.IsWord("original") || cursor.Next.IsWord("reply"))
            name = $"ct {cursor.Take().Text}";
        if (cursor.Next.IsWord("ip") || cursor.Next.IsWord("ip6"))
            name = $"{name} {cursor.Take().Text}";
        return cursor.TakeText() is { } key ? $"{name} {key}" : null;
    }

    /// <summary><c>fib saddr . iif oif</c>: keys with dots between them, then what is looked up.</summary>
    private string? Route()
    {
        cursor.Take();
        var keys = new List<string>();
        do
        {
            if (cursor.TakeText() is not { } key)
                return null;
            keys.Add(key);
        }
        while (cursor.TakeWord("."));
        return cursor.TakeText() is { } result ? $"fib {string.Join('.', keys)} {result}" : null;
    }
}
