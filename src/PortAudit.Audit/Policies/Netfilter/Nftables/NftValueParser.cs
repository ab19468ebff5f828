using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads values of the text form: words, ranges, concatenations, sets and maps, variables.</summary>
/// <param name="cursor">The tokens.</param>
/// <param name="variables">Values of <c>define</c>.</param>
internal sealed class NftValueParser(NftCursor cursor, Dictionary<string, NftValue> variables)
{
    /// <summary>Sets and brackets that may stand in each other; nft itself allows sets in sets once, by
    /// variables.</summary>
    public const int MaxDepth = 16;

    private static readonly string[] Decisions = ["accept", "drop", "continue", "return", "jump", "goto"];

    /// <summary>Reads a value, or several with commas between them as flags have them.</summary>
    public NftValue ReadList()
    {
        var first = Read(0);
        if (!cursor.Next.IsSign(","))
            return first;
        var elements = ImmutableArray.CreateBuilder<NftElement>();
        Add(first, elements);
        while (cursor.TakeSign(","))
            Add(Read(0), elements);
        return new NftMany(elements.ToImmutable(), IsFlags: true);
    }

    /// <summary>Reads one value.</summary>
    public NftValue Read(int depth)
    {
        var first = ReadBits(depth);
        if (!cursor.Next.IsWord("."))
            return first;
        var parts = ImmutableArray.CreateBuilder<NftValue>();
        parts.Add(first);
        while (cursor.TakeWord("."))
        {
            cursor.SkipNewLines();
            parts.Add(ReadBits(depth));
        }

        return new NftTuple(parts.ToImmutable());
    }

    /// <summary>Reads the elements of a set behind its opening brace.</summary>
    public NftValue ReadElements(int depth)
    {
        var elements = ImmutableArray.CreateBuilder<NftElement>();
        for (; ; )
        {
            cursor.SkipNewLines();
            if (cursor.TakeSign("}"))
                return new NftMany(elements.ToImmutable(), IsFlags: false);
            if (cursor.IsAtEnd)
                return new NftOpaque("the file ends in a set");
            if (cursor.TakeSign(","))
                continue;
            var before = cursor.Position;
            ReadElement(depth, elements);
            if (cursor.Position == before)
                cursor.Take();
        }
    }

    /// <summary>Reads a verdict; null when none is next.</summary>
    public NftVerdict? ReadVerdict()
    {
        var word = cursor.Next.Kind == NftTokenKind.Word ? cursor.Next.Text : "";
        switch (word)
        {
            case "accept" or "drop" or "continue" or "return":
                cursor.Take();
                return NftVerdicts.Simple(word);
            case "jump" or "goto":
                cursor.Take();
                var action = word == "jump" ? PolicyAction.Jump : PolicyAction.Goto;
                if (cursor.Next.IsSign("{"))
                {
                    cursor.SkipBlock();
                    return new NftVerdict(null, Reason: "chains without a name are not read");
                }

                return new NftVerdict(action, cursor.TakeText() ?? "");
            case "queue":
                cursor.Take();
                return NftVerdicts.Queue;
            default:
                return null;
        }
    }

    private void ReadElement(int depth, ImmutableArray<NftElement>.Builder elements)
    {
        var key = Read(depth + 1);
        var hasColon = StripColon(ref key, out var verdictWord);
        if (verdictWord is not null)
        {
            elements.Add(new NftElement(key, verdictWord is "jump" or "goto"
                ? new NftVerdict(verdictWord == "jump" ? PolicyAction.Jump : PolicyAction.Goto, cursor.TakeText() ?? "")
                : NftVerdicts.Simple(verdictWord)));
            SkipOptions();
            return;
        }

        if (!hasColon)
        {
            SkipOptions();
            hasColon = cursor.TakeWord(":");
        }

        if (!hasColon)
        {
            Add(key, elements);
            return;
        }

        cursor.SkipNewLines();
        var verdict = ReadVerdict();
        if (verdict is null)
            Read(depth + 1);
        elements.Add(new NftElement(key, verdict));
        SkipOptions();
    }

    /// <summary>Passes what an element has besides its key: a timeout, a counter, a comment.</summary>
    private void SkipOptions()
    {
        while (!cursor.IsAtEnd && !cursor.Next.IsSign(",") && !cursor.Next.IsSign("}") && !cursor.Next.IsWord(":"))
            cursor.Take();
    }

    /// <summary>Takes a colon off the end of a key (<c>22: accept</c>), or a colon with a verdict
    /// (<c>22:accept</c>).</summary>
    private static bool StripColon(ref NftValue key, out string? verdict)
    {
        verdict = null;
        var (word, tuple) = (key as NftWord, key as NftTuple);
        if (tuple is not null)
            word = tuple.Parts[^1] as NftWord;
        if (word is null || word.Text.Length < 2)
            return false;
        var colon = word.Text.LastIndexOf(':');
        if (colon <= 0)
            return false;
        var behind = word.Text[(colon + 1)..];
        if (behind.Length > 0 && !Decisions.Contains(behind, StringComparer.Ordinal))
            return false;
        if (behind.Length == 0 && word.Text[colon - 1] == ':')
            return false;
        verdict = behind.Length > 0 ? behind : null;
        var stripped = new NftWord(word.Text[..colon]);
        key = tuple is null ? stripped : new NftTuple(tuple.Parts.SetItem(tuple.Parts.Length - 1, stripped));
        return true;
    }

    private NftValue ReadBits(int depth)
    {
        var first = ReadOne(depth);
        if (!cursor.Next.IsSign("|"))
            return first;
        var elements = ImmutableArray.CreateBuilder<NftElement>();
        Add(first, elements);
        while (cursor.TakeSign("|"))
            Add(ReadOne(depth), elements);
        return new NftMany(elements.ToImmutable(), IsFlags: true);
    }

    private NftValue ReadOne(int depth)
    {
        var token = cursor.Next;
        if (depth > MaxDepth)
        {
            cursor.Take();
            return new NftOpaque($"nested deeper than {MaxDepth}");
        }

        if (cursor.TakeSign("{"))
            return ReadElements(depth + 1);
        if (cursor.TakeSign("("))
        {
            var inner = ReadBits(depth + 1);
            return cursor.TakeSign(")") ? inner : new NftOpaque("a bracket is not closed");
        }

        if (token.Kind == NftTokenKind.Quoted)
            return new NftWord(cursor.Take().Text);
        if (token.Kind != NftTokenKind.Word)
            return new NftOpaque("a value is missing");
        cursor.Take();
        if (token.Text is ['$', ..])
            return variables.TryGetValue(token.Text[1..], out var value)
                ? value
                : new NftOpaque($"the variable '{ConfigurationText.Shown(token.Text)}' is not defined");
        if (token.Text is ['@', .. var name])
            return new NftNamed(name);
        if (!cursor.Next.IsWord("-"))
            return new NftWord(token.Text);
        cursor.Take();
        return cursor.TakeText() is { } last
            ? new NftRange(token.Text, last)
            : new NftOpaque("a range without an end");
    }

    /// <summary>Adds a value; a set in a set, as a variable brings it, gives its elements.</summary>
    private static void Add(NftValue value, ImmutableArray<NftElement>.Builder elements)
    {
        if (value is NftMany many)
            elements.AddRange(many.Elements);
        else
            elements.Add(new NftElement(value));
    }
}
