using PortAudit.Audit.State;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Saving;

/// <summary>Saves flows one by one, and observations, as bytes that need neither site nor catalog. A store keeps in
/// them what it has no column for.</summary>
public sealed class FlowDetails
{
    /// <summary>Version of these bytes. It grows whenever a flow or an observation is saved otherwise.</summary>
    public const int FormatVersion = 1;

    private readonly MemoryStream _bytes;
    private readonly StateSaving _saving;

    /// <summary>Prepares a buffer.</summary>
    public FlowDetails()
        : this(new MemoryStream())
    {
    }

    private FlowDetails(MemoryStream bytes) => (_bytes, _saving) = (bytes, new StateSaving(null, bytes));

    /// <summary>A flow of which nothing is known: what a row without details begins with.</summary>
    public static FlowRecord Nothing => FlowContent.Blank;

    /// <summary>The bytes of a flow. They are overwritten by the next one.</summary>
    public ReadOnlySpan<byte> Save(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _bytes.SetLength(0);
        _saving.Restart();
        _saving.Flow(flow);
        _saving.Flush();
        return _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
    }

    /// <summary>The flow that was saved.</summary>
    /// <param name="bytes">What <see cref="Save(FlowRecord)"/> returned.</param>
    /// <param name="numbers">Where the numbers of its observation begin.</param>
    /// <exception cref="InvalidDataException">They were not saved so.</exception>
    public static FlowRecord Load(ReadOnlyMemory<byte> bytes, ObservationNumbers numbers)
    {
        var loading = Loading(bytes, numbers);
        loading.Captures = numbers.Captures;
        var flow = loading.Flow(null);
        loading.Require(loading.IsAtEnd, "there are extra bytes after the flow");
        return flow;
    }

    /// <summary>The bytes of an observation.</summary>
    public static byte[] Save(ObservationSummary observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var bytes = new MemoryStream();
        var saving = new StateSaving(null, bytes);
        saving.Observation(observation);
        saving.Flush();
        return bytes.ToArray();
    }

    /// <summary>The observation that was saved.</summary>
    /// <param name="bytes">What <see cref="Save(ObservationSummary)"/> returned.</param>
    /// <param name="numbers">Where its numbers shall begin; <see cref="ObservationNumbers.Captures"/> is not read.
    /// </param>
    /// <exception cref="InvalidDataException">They were not saved so.</exception>
    public static ObservationSummary LoadObservation(ReadOnlyMemory<byte> bytes, ObservationNumbers numbers)
    {
        var loading = Loading(bytes, numbers);
        var observation = loading.Observation(null);
        loading.Require(loading.IsAtEnd, "there are extra bytes after the observation");
        return observation;
    }

    private static StateLoading Loading(ReadOnlyMemory<byte> bytes, ObservationNumbers numbers) => new(null, bytes)
    {
        CapturesBefore = numbers.CapturesBefore,
        AnnouncementsBefore = numbers.AnnouncementsBefore,
    };
}

/// <summary>How the captures and announcements of one observation are numbered among those of several.</summary>
/// <param name="CapturesBefore">Captures of the observations before it.</param>
/// <param name="AnnouncementsBefore">Announcements of the observations before it.</param>
/// <param name="Captures">Captures of its own.</param>
public readonly record struct ObservationNumbers(int CapturesBefore, int AnnouncementsBefore, int Captures);
