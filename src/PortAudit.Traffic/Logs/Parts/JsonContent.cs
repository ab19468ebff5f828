using System.Text.Json;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Receives the tokens of JSON.</summary>
internal interface IJsonSink
{
    /// <summary>Takes a token. Returns what is wrong with what it ends, a clause that follows the number of a line;
    /// null for nothing.</summary>
    /// <param name="json">At the token.</param>
    /// <param name="line">Its line.</param>
    string? Take(ref Utf8JsonReader json, long line);

    /// <summary>Begins anew behind what is no JSON.</summary>
    void Restart();

    /// <summary>True for a line of text that a program prints beside its JSON.</summary>
    bool IsText(ReadOnlySpan<byte> line) => false;
}

/// <summary>JSON of any length, read in one pass and in bounded memory: one document, several, parted by commas or not,
/// or one a line. What is no JSON is skipped up to the next line that begins an object or array.</summary>
/// <param name="buffer">The content; disposed with this.</param>
internal sealed class JsonContent(BlockBuffer buffer) : IDisposable
{
    /// <summary>Longest token, in bytes: a name, a string or a number.</summary>
    public const int MaximumToken = LogLines.MaximumLength;

    private const int FirstLook = 1 << 16;

    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    private long _line = 1;

    /// <inheritdoc />
    public void Dispose() => buffer.Dispose();

    /// <summary>Reads all.</summary>
    /// <param name="sink">Receives the tokens.</param>
    /// <param name="tally">What is read of the file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public void Read(IJsonSink sink, LogTally tally, CancellationToken cancellation)
    {
        var (state, look, isCut, isBetween) = (new JsonReaderState(Options), FirstLook, false, false);
        while (!cancellation.IsCancellationRequested)
        {
            var isWhole = buffer.TryPeek(look, out _);
            buffer.TryPeek(buffer.Available, out var bytes);
            if (isBetween && TrySeparator(bytes))
            {
                state = new JsonReaderState(Options);
                continue;
            }

            if (isBetween && !isWhole && !bytes.ContainsAnyExcept(" \t\r\n"u8))
                break;
            var json = new Utf8JsonReader(bytes, isFinalBlock: !isWhole, state);
            var (offset, isDamaged) = (buffer.Offset, false);
            try
            {
                isBetween = Take(ref json, bytes, offset, sink, tally);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                isDamaged = true;
            }

            state = json.CurrentState;
            var consumed = (int)json.BytesConsumed;
            if (isDamaged || (consumed == 0 && bytes.Length > MaximumToken))
            {
                var rest = bytes[consumed..].Trim(" \t\r\n"u8);
                var isText = sink.IsText(rest);
                isCut = !isWhole && !isText && !rest.Contains((byte)'\n');
                if (!isCut && !isText)
                    tally.NoteDamage(offset + consumed, 0, _line, "is no JSON, and was skipped");
                buffer.Consume(consumed);
                if (isCut || !TrySkip())
                    break;
                (state, look, isBetween) = (new JsonReaderState(Options), FirstLook, false);
                sink.Restart();
                continue;
            }

            buffer.Consume(consumed);
            if (isBetween)
                continue;
            if (!isWhole)
            {
                isCut |= json.CurrentDepth > 0;
                break;
            }

            look = consumed > 0 ? FirstLook : Math.Min(2 * look, MaximumToken + 1);
        }

        if (!cancellation.IsCancellationRequested)
            tally.End(buffer.Failure, buffer.Offset, _line, isCut);
    }

    /// <summary>Takes tokens. True when it stopped behind a whole value that nothing follows, or a separator.</summary>
    private bool Take(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, long offset, IJsonSink sink, LogTally tally)
    {
        var before = 0;
        while (json.Read())
        {
            var start = (int)json.TokenStartIndex;
            _line += bytes[before..start].Count((byte)'\n');
            before = (int)json.BytesConsumed;
            _line += bytes[start..before].Count((byte)'\n');
            if (sink.Take(ref json, _line) is { } problem)
                tally.NoteDamage(offset + start, before - start, _line, problem);
            if (json.CurrentDepth == 0 && json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray
                && (SeparatorOf(bytes[before..]) >= 0 || !bytes[before..].ContainsAnyExcept(" \t\r\n"u8)))
                return true;
        }

        _line += bytes[before..(int)json.BytesConsumed].Count((byte)'\n');
        return false;
    }

    /// <summary>Consumes what may stand between values: a comma, or the end of an array whose begin was skipped.
    /// </summary>
    private bool TrySeparator(ReadOnlySpan<byte> bytes)
    {
        var at = SeparatorOf(bytes);
        if (at < 0)
            return false;
        _line += bytes[..at].Count((byte)'\n');
        buffer.Consume(at + 1);
        return true;
    }

    /// <summary>Where a separator stands, if it comes next; else -1.</summary>
    private static int SeparatorOf(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return at >= 0 && bytes[at] is (byte)',' or (byte)']' ? at : -1;
    }

    /// <summary>Consumes up to the next line that begins an object or array, behind one space at most: nfdump writes
    /// it. False at the end.</summary>
    private bool TrySkip()
    {
        for (var isInLine = true; ;)
        {
            var isWhole = buffer.TryPeek(FirstLook, out _);
            buffer.TryPeek(buffer.Available, out var bytes);
            if (!isInLine && bytes is [(byte)'{' or (byte)'[', ..] or [(byte)' ', (byte)'{', ..])
                return true;
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0 && !isWhole)
            {
                buffer.Consume(bytes.Length);
                return false;
            }

            _line += end < 0 ? 0 : 1;
            isInLine = end < 0;
            buffer.Consume(end < 0 ? bytes.Length : end + 1);
        }
    }
}
