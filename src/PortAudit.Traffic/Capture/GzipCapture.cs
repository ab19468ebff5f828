namespace PortAudit.Traffic.Capture;

/// <summary>A capture inside gzip data, decompressed as it is read. All offsets are uncompressed.</summary>
/// <param name="capture">Reads the decompressed bytes; disposed with this.</param>
internal sealed class GzipCapture(ICaptureSource capture) : ICaptureSource
{
    private const string Measure = "offsets count uncompressed bytes";

    /// <inheritdoc />
    public string Path => capture.Path;

    /// <inheritdoc />
    public string Format => $"gzip, {capture.Format}";

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces => capture.Interfaces;

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CaptureAnnotations Annotations
    {
        get
        {
            var annotations = capture.Annotations;
            return annotations with
            {
                Damages =
                [.. annotations.Damages.Select(damage => damage with { Reason = $"{damage.Reason} ({Measure})" })]
            };
        }
    }

    /// <inheritdoc />
    public CapturedPacket Current => capture.Current;

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        if (capture.TryRead(out packet))
            return true;
        Ending ??= capture.Ending is { IsComplete: false } end
            ? end with { Reason = $"{end.Reason} ({Measure})" }
            : capture.Ending;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => capture.Dispose();

    /// <summary>The error about the decompressed content, worded accordingly.</summary>
    public static CaptureFormatException Refusal(CaptureFormatException problem) =>
        new(problem.Path, problem.Offset, $"in the gzip data: {problem.Reason}", problem.InnerException);
}
