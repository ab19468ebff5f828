namespace PortAudit.Audit.Behaviour;

/// <summary>The model that ships inside the program.</summary>
internal static class ShippedBehaviour
{
    /// <summary>Name of the resource.</summary>
    private const string Name = "behaviour/model.json";

    /// <summary>Reads it; null when none ships.</summary>
    public static BehaviourModel? Read()
    {
        using var stream = typeof(ShippedBehaviour).Assembly.GetManifestResourceStream(Name);
        if (stream is null)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return BehaviourModelReader.TryRead(bytes, out var model, out var error)
            ? model
            : throw new InvalidOperationException($"{Name}: {error}");
    }
}
