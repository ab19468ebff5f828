namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A field of a message of the family of HTTP and mail with the lines that go on with it, viewed in
/// place.</summary>
internal readonly ref struct MessageField
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Makes the view of a field from its name on, with its line ends.</summary>
    public MessageField(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The name, empty in a line without a colon.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            var end = Math.Max(0, _bytes.IndexOf((byte)':'));
            while (end > 0 && _bytes[end - 1] is (byte)' ' or (byte)'\t')
                end--;
            return _bytes[..end];
        }
    }

    /// <summary>The value without the space around it. It may contain the line ends of a folded field.</summary>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            var (begin, end) = (_bytes.IndexOf((byte)':') + 1, _bytes.Length);
            while (end > begin && IsSpace(_bytes[end - 1]))
                end--;
            while (begin < end && IsSpace(_bytes[begin]))
                begin++;
            return _bytes[begin..end];
        }
    }

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
