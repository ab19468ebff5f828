using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads what <c>nft -j list ruleset</c> prints (libnftables-json(5)). nft writes it as one line; the lines of
/// the policy are then the objects of the list, as <c>jq -c '.nftables[]'</c> prints them.</summary>
internal sealed class NftJsonReader
{
    /// <summary>Depth of the JSON, of which libnftables uses a dozen.</summary>
    private const int MaxDepth = 64;

    private readonly List<(JsonElement Object, int Line)> _objects = [];
    private readonly ConfigurationText _text;
    private string? _broken;

    private NftJsonReader(ConfigurationText text) => _text = text;

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text) => new NftJsonReader(text).ReadObjects();

    private Policy ReadObjects()
    {
        Split(Encoding.UTF8.GetBytes(_text.Text));
        var isOneLine = _objects.Count >= _text.Lines.Length;
        var draft = new PolicyDraft(isOneLine
            ? _text.WithLines([.. _objects.Select(item => item.Object.GetRawText()), .. Rest()])
            : _text);
        var ruleset = new NftJsonRuleset(draft);
        for (var index = 0; index < _objects.Count; index++)
        {
            var (item, line) = _objects[index];
            var isPolicy = ruleset.Add(item, isOneLine ? index + 1 : line);
            if (!isOneLine)
                Note(draft, line + 1, index + 1 < _objects.Count ? _objects[index + 1].Line : _text.Lines.Length + 1,
                    isPolicy);
        }

        Note(draft, 1, isOneLine || _objects.Count == 0 ? 1 : _objects[0].Line, isPolicy: false);
        if (_broken is not null)
            draft.NotEvaluable(draft.Text.Lines.Length, _broken);
        return ruleset.Build(_broken);
    }

    private ImmutableArray<string> Rest() => _broken is null ? [] : ["(the rest)"];

    /// <summary>Takes the objects of the list, each with its line, up to where the JSON is broken.</summary>
    private void Split(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        var (line, counted) = (1, 0);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
                    && !reader.ValueTextEquals("nftables"))
                    reader.Skip();
                if (reader.TokenType != JsonTokenType.StartObject || reader.CurrentDepth != 2)
                    continue;
                var start = (int)reader.TokenStartIndex;
                line += bytes.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                using var document = JsonDocument.ParseValue(ref reader);
                _objects.Add((document.RootElement.Clone(), line));
            }
        }
        catch (JsonException failure)
        {
            _broken = $"the JSON is broken: {ConfigurationText.Shown(failure.Message)}";
        }
    }

    /// <summary>Notes the further lines of an object; brackets say nothing.</summary>
    private void Note(PolicyDraft draft, int first, int end, bool isPolicy)
    {
        for (var line = first; line < end; line++)
        {
            if (_text.Lines[line - 1].AsSpan().Trim(" \t{}[],").IsEmpty)
                draft.Blank(line);
            else if (isPolicy)
                draft.Understood(line);
            else
                draft.Other(line);
        }
    }
}
