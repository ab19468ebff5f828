using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>Finds SDP descriptions in the body of a message: the body itself, or parts of a <c>multipart</c> body (RFC
/// 3261 §7.4.1, RFC 5621).</summary>
internal static class SdpBody
{
    /// <summary>Descriptions per body: <c>multipart/alternative</c> has two, with different kinds of
    /// candidates.</summary>
    public const int MaximumDescriptions = 8;

    /// <summary>Nested multiparts: <c>multipart/alternative</c> within <c>multipart/mixed</c>.</summary>
    private const int MaximumNesting = 3;

    /// <summary>Finds the ranges of descriptions in a body.</summary>
    /// <param name="type">Content type with parameters.</param>
    /// <param name="body">The body.</param>
    /// <param name="ranges">Room for <see cref="MaximumDescriptions"/> ranges.</param>
    /// <returns>Number of descriptions.</returns>
    public static int Find(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, Span<Range> ranges)
    {
        var count = 0;
        Collect(type, body, body, ranges[..MaximumDescriptions], ref count, MaximumNesting);
        return count;
    }

    private static void Collect(ReadOnlySpan<byte> type, ReadOnlySpan<byte> part, ReadOnlySpan<byte> body,
        Span<Range> ranges, ref int count, int depth)
    {
        var main = FieldParameters.Main(type);
        if (Words.Same(main, "application/sdp"u8) && count < ranges.Length && body.Overlaps(part, out var offset))
            ranges[count++] = offset..(offset + part.Length);
        if (depth == 0 || !Words.Begins(main, "multipart/"u8))
            return;
        var parts = new MultipartBody(part, FieldParameters.Find(type, "boundary"u8));
        while (parts.MoveNext())
            Collect(parts.Head.Field("Content-Type"u8, "c"u8), parts.Content, body, ranges, ref count, depth - 1);
    }
}
