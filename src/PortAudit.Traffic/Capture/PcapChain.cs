namespace PortAudit.Traffic.Capture;

/// <summary>Follows pcap records by captured length alone. A chain that ends exactly at the end of the file has no
/// damage, however odd other lengths and times are.</summary>
internal static class PcapChain
{
    /// <summary>True when the records from the buffer's position end exactly with the file. False for input without a
    /// length, which may be live, and for more bytes than the buffer holds.</summary>
    public static bool EndsWithCapture(BlockBuffer buffer, PcapRecordLayout layout)
    {
        if (buffer.Length is not { } length || length - buffer.Offset > BlockBuffer.MaximumLength)
            return false;
        var at = 0;
        while (buffer.TryPeek(at + layout.RecordHeaderLength, out var bytes))
        {
            var header = bytes[at..];
            layout.Read(header, out _, out _, out var captured, out _);
            if (captured > RecordSearch.MaximumCapturedLength || PcapRecordLayout.IsZero(header))
                return false;
            at += layout.RecordHeaderLength + (int)captured;
            if (at > BlockBuffer.MaximumLength - layout.RecordHeaderLength)
                break;
        }

        return at > 0 && buffer.Failure is null && buffer.Available == at;
    }
}
