using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Folds the frames of one intersection into a picture of its traffic; the same frames give the same picture.</summary>
public sealed class Estimator(IntersectionModel model)
{
    private readonly IntersectionModel model = model;

    /// <summary>Takes in one frame. Frames come in rising order of their second; gaps are allowed.</summary>
    public TrafficPicture Observe(Frame frame) => throw new NotSupportedException(model.Signals.Id.Value + frame.Second);
}
